package conductor.script.groovy;

import conductor.scenario.Recording;
import conductor.scenario.Rule;
import conductor.scenario.Rule.Subject;
import conductor.scenario.Scenario;
import groovy.lang.Closure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The words within {@code scenario(name) { ... }}, as a test file calls them. */
public final class ScenarioWords {

  private static final Set<String> OF_ISSUE = Set.of("title", "body", "labels", "metadata");

  private final String file;
  private final Path directory;
  private final Map<String, String> files = new TreeMap<>();
  private final List<Scenario.OpenPull> pulls = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Integer> kills = new ArrayList<>();
  private final List<Scenario.Expectation> expectations = new ArrayList<>();
  private final List<Scenario.Expectation> invariants = new ArrayList<>();
  private long order;
  private @Nullable Map<String, Object> issue;
  private Scenario.@Nullable Launch launch;

  ScenarioWords(String file, Path directory) {
    this.file = file;
    this.directory = directory;
  }

  /** Returns what was told. */
  Scenario scenario(String name, int line) {
    if (launch == null) {
      throw new IllegalArgumentException(
          "it runs no workflow; add run 'NAME', which may have parameters: run 'NAME', n: 1");
    }
    return new Scenario(
        name,
        file,
        line,
        issue,
        files,
        pulls,
        rules,
        new Scenario.Trouble(order, kills),
        launch,
        expectations,
        invariants);
  }

  public void issue(Map<String, Object> parts) {
    parts.keySet().stream()
        .filter(part -> !OF_ISSUE.contains(part))
        .findFirst()
        .ifPresent(part -> {
          throw new IllegalArgumentException(
              "an issue has no '%s'; it has title, body, labels, metadata".formatted(part));
        });
    if (!(parts.get("title") instanceof CharSequence)) {
      throw new IllegalArgumentException("an issue needs a title: issue title: 'Fix it'");
    }
    issue = new LinkedHashMap<>(parts);
  }

  /** Adds a file to the repository from which the workflow starts. */
  public void file(Object path, Object text) {
    files.put(path.toString(), text.toString());
  }

  /** Adds a pull request that is open: {@code pull branch: 'fix', files: ['a.txt': 'x']}. */
  public void pull(Map<String, Object> parts) {
    if (!(parts.get("branch") instanceof CharSequence branch)
        || !Set.of("branch", "title", "files").containsAll(parts.keySet())
        || !(parts.getOrDefault("files", Map.of()) instanceof Map<?, ?> changed)) {
      throw new IllegalArgumentException(
          "a pull request has a branch, and may have a title and files: pull branch: 'fix', files: ['a.txt': 'x']; found "
              + parts);
    }
    var texts = new TreeMap<String, String>();
    changed.forEach((path, text) -> texts.put(path.toString(), text.toString()));
    Object title = parts.getOrDefault("title", branch);
    pulls.add(new Scenario.OpenPull(title.toString(), branch.toString(), texts));
  }

  /** Has happen again what did in a run that {@code conductor test --record} recorded. */
  public void recorded(CharSequence recording) {
    recorded(Map.of(), recording);
  }

  /** The same; with {@code prompts: false} agents may be asked something else. */
  public void recorded(Map<String, Object> options, CharSequence recording) {
    if (!Set.of("prompts").containsAll(options.keySet())
        || !(options.getOrDefault("prompts", true) instanceof Boolean prompts)) {
      throw new IllegalArgumentException(
          "a recording has 'prompts', which is true or false, found " + options);
    }
    var read = Recording.read(directory.resolve(recording.toString()));
    if (read.issue() != null) {
      issue(read.issue());
    }
    files.putAll(read.files());
    rules.addAll(read.rules(prompts, Scenario.lineIn(new Throwable(), file).orElse(1)));
  }

  public void agent(Closure<?> reaction) {
    rule(Subject.AGENT, Map.of(), reaction);
  }

  public void agent(CharSequence name, Closure<?> reaction) {
    rule(Subject.AGENT, Map.of("name", name), reaction);
  }

  public void agent(Map<String, Object> match, Closure<?> reaction) {
    rule(Subject.AGENT, match, reaction);
  }

  public void command(Closure<?> reaction) {
    rule(Subject.COMMAND, Map.of(), reaction);
  }

  /** Tells what a command does: its text, or a pattern that is found in it. */
  public void command(Object command, Closure<?> reaction) {
    rule(Subject.COMMAND, Map.of("command", command), reaction);
  }

  public void command(Map<String, Object> match, Closure<?> reaction) {
    rule(Subject.COMMAND, match, reaction);
  }

  public void command(Map<String, Object> match, Object command, Closure<?> reaction) {
    rule(Subject.COMMAND, with(match, "command", command), reaction);
  }

  public void person(Closure<?> reaction) {
    rule(Subject.PERSON, Map.of(), reaction);
  }

  /** Tells what people answer to a question: a text that occurs in it, or a pattern. */
  public void person(Object question, Closure<?> reaction) {
    rule(Subject.PERSON, Map.of("question", question), reaction);
  }

  public void person(Map<String, Object> match, Closure<?> reaction) {
    rule(Subject.PERSON, match, reaction);
  }

  /** Tells how any other effect ends, such as {@code effect('MergePR') { fail 'NotMergeable' }}. */
  public void effect(CharSequence effect, Closure<?> reaction) {
    rule(Subject.EFFECT, Map.of("effect", effect), reaction);
  }

  public void effect(Map<String, Object> match, CharSequence effect, Closure<?> reaction) {
    rule(Subject.EFFECT, with(match, "effect", effect), reaction);
  }

  public void run(CharSequence workflow) {
    run(Map.of(), workflow);
  }

  public void run(Map<String, ? extends @Nullable Object> params, CharSequence workflow) {
    if (launch != null) {
      throw new IllegalArgumentException(
          "it runs '%s' already; a scenario runs one workflow".formatted(launch.workflow()));
    }
    launch = new Scenario.Launch(workflow.toString(), params);
  }

  /** Has things that come about at one moment do so in an order that a number stands for. */
  public void order(long seed) {
    order = seed;
  }

  /** Has the process be killed when its journal has a number of records, and resumes the run. */
  public void kill(int records) {
    if (records < 1) {
      throw new IllegalArgumentException("kill takes a number of records from 1, found " + records);
    }
    kills.add(records);
  }

  /** Tells what must hold whatever fails, also in the variants of {@code --explore}. */
  public void always(Closure<?> statements) {
    invariants.add(outcome -> within(statements, outcome).call(outcome));
  }

  public void expect(Closure<?> statements) {
    expectations.add(outcome -> within(statements, outcome).call(outcome));
  }

  private static Map<String, Object> with(Map<String, Object> match, String part, Object value) {
    var all = new LinkedHashMap<>(match);
    all.put(part, value);
    return all;
  }

  private void rule(Subject subject, Map<String, Object> match, Closure<?> reaction) {
    int line = Scenario.lineIn(new Throwable(), file).orElse(1);
    rules.add(
        new Rule(
            subject,
            match,
            stage -> {
              Closure<?> played = within(reaction, stage);
              return played.getMaximumNumberOfParameters() == 0
                  ? played.call()
                  : played.call(stage.asked());
            },
            line));
  }

  private static Closure<?> within(Closure<?> body, Object words) {
    var copy = (Closure<?>) body.clone();
    copy.setDelegate(words);
    copy.setResolveStrategy(Closure.DELEGATE_FIRST);
    return copy;
  }
}
