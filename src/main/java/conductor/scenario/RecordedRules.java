package conductor.scenario;

import conductor.scenario.Rule.Reaction;
import conductor.scenario.Rule.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which agents, commands and people do what they did in a recorded run, each time the
 * next thing. What was recorded of an agent is found by its name, of a command by its text and
 * directory, of a question by its text.
 */
final class RecordedRules {

  private final Recording recording;
  private final boolean prompts;
  private final int line;

  /**
   * Creates them.
   *
   * @param prompts whether an agent must be asked what it was asked then
   * @param line where the test file says that there is a recording, counted from 1
   */
  RecordedRules(Recording recording, boolean prompts, int line) {
    this.recording = recording;
    this.prompts = prompts;
    this.line = line;
  }

  List<Rule> all() {
    var rules = new ArrayList<Rule>();
    grouped(recording.turns(), Recording.Turn::name)
        .forEach((name, turns) ->
            rules.add(
                rule(Subject.AGENT, Map.of("name", name), stage -> turn(stage, name, turns))));
    grouped(
            recording.commands(),
            ran -> List.of(ran.command(), Objects.requireNonNullElse(ran.dir(), "")))
        .forEach((key, ran) ->
            rules.add(
                rule(
                    Subject.COMMAND,
                    Map.of("command", key.getFirst(), "dir", key.getLast()),
                    stage -> command(stage, ran))));
    grouped(recording.answers(), Recording.Answer::question)
        .forEach((question, answers) ->
            rules.add(
                rule(
                    Subject.PERSON,
                    Map.of("question", question),
                    stage -> answer(stage, answers))));
    for (Recording.Ended ended : recording.effects()) {
      rules.add(
          rule(
              Subject.EFFECT,
              Map.of("effect", ended.effect(), "nth", ended.nth()),
              stage -> end(stage, ended.failure(), ended.reply())));
    }
    return rules;
  }

  private static <K, T> Map<K, List<T>> grouped(List<T> all, Function<T, K> key) {
    return all.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private Rule rule(Subject subject, Map<String, Object> match, Reaction reaction) {
    return new Rule(subject, match, reaction, line);
  }

  private @Nullable Object turn(Stage stage, String name, List<Recording.Turn> turns) {
    var now = new RecordedPrompt(stage.asked());
    List<Recording.Turn> same =
        turns.stream().filter(turn -> now.isLike(new RecordedPrompt(turn.prompt()))).toList();
    Recording.Turn turn = nth(stage, turns, "turns of the agent " + shown(name));
    if (!same.isEmpty() && !same.contains(turn)) {
      turn = same.getFirst(); // branches began in another order
    } else if (prompts && same.isEmpty()) {
      throw new IllegalArgumentException(
          "the prompt of the agent%s is another one than in %s:\n%s\nrecord a run anew, or take the old reply for the new prompt: recorded '...', prompts: false"
              .formatted(
                  shown(name), recording.run(), now.changes(new RecordedPrompt(turn.prompt()))));
    }
    changes(stage, turn.changes());
    if (turn.commit() != null) {
      stage.commit(turn.commit());
    }
    return end(stage, turn.failure(), turn.reply());
  }

  private static String shown(String name) {
    return name.isEmpty() ? "" : " '" + name + "'";
  }

  private @Nullable Object command(Stage stage, List<Recording.Ran> all) {
    Recording.Ran ran = nth(stage, all, "runs of the command '%s'".formatted(stage.asked()));
    changes(stage, ran.changes());
    if (ran.failure() == null) {
      stage.exit(ran.exitCode(), ran.output());
      return null;
    }
    return end(stage, ran.failure(), null);
  }

  private @Nullable Object answer(Stage stage, List<Recording.Answer> answers) {
    String answer = nth(stage, answers, "answers to '%s'".formatted(stage.asked())).answer();
    if (answer == null) {
      stage.hang();
    } else {
      stage.answer(answer);
    }
    return null;
  }

  private <T> T nth(Stage stage, List<T> all, String what) {
    if (stage.nth() > all.size()) {
      throw new IllegalArgumentException(
          "%s has %d %s, and this is number %d"
              .formatted(recording.run(), all.size(), what, stage.nth()));
    }
    return all.get(stage.nth() - 1);
  }

  private static @Nullable Object end(
      Stage stage, Recording.@Nullable Failed failure, @Nullable Object reply) {
    if (failure != null) {
      stage.fail(failure.fields(), failure.name());
    } else {
      stage.reply(reply);
    }
    return null;
  }

  private static void changes(Stage stage, Map<String, @Nullable String> changes) {
    changes.forEach((path, text) -> {
      if (text != null) {
        stage.write(path, text);
      } else if (stage.exists(path)) {
        stage.delete(path);
      }
    });
  }
}
