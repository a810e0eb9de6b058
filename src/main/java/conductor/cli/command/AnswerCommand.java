package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import conductor.run.record.Inbox;
import conductor.run.record.OpenGates;
import conductor.run.record.Ownership;
import conductor.state.RunDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a question. */
@Command(
    name = "answer",
    description = "Answers a question of a run. The first answer wins.",
    footer = {
      "",
      "Examples:",
      "  conductor answer wf-1a2b3c yes",
      "  conductor answer wf-1a2b3c 4.impl.2 yes",
      "  conductor answer wf-1a2b3c --at 4.impl.2 yes",
      "  conductor answer wf-1a2b3c Use the old name",
      "  conductor answer wf-1a2b3c no --note 'the release is frozen'"
    })
public final class AnswerCommand extends Subcommand {

  /** The form of a position, {@code 4.impl.2} or {@code impl:1}. */
  private static final Pattern POSITION = Pattern.compile("\\d+(?:\\.\\S*+)?|[^:]++:\\d+");

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "a run's id, a unique prefix of it, or its name")
  String id = "";

  @Parameters(
      index = "1",
      arity = "1..*",
      paramLabel = "[GATE] ANSWER",
      description =
          "the question's position, when there are several, and the answer, one word or several")
  List<String> words = List.of();

  @Option(
      names = "--at",
      paramLabel = "GATE",
      description = "the question's position; what stands behind RUN is the answer alone")
  @Nullable String at;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "why; kept beside the answer, with who says it and when")
  @Nullable String note;

  @Override
  public Integer call() {
    Optional<Inbox.Remark> remark = Optional.ofNullable(note).map(this::remark);
    RunDirectory run = run(id);
    OpenGates gates = OpenGates.of(run);
    List<Gate> open = gates.unansweredOfAll();
    boolean named = at == null && words.size() > 1 && isPosition(gates, open, words.getFirst());
    String position = named ? words.getFirst() : at;
    Gate gate = position == null ? only(run, gates, open) : named(run, gates, open, position);
    String text = String.join(" ", named ? words.subList(1, words.size()) : words);
    GateList.answer(run, gate, text, remark)
        .ifPresent(why -> {
          throw new UsageError(why);
        });
    if (Ownership.of(run).isEmpty()) {
      console()
          .warn(
              "the answer is kept; %s is %s, go on with 'conductor resume %s'"
                  .formatted(run.id(), store().meta(run).status().text(), store().resumable(run)));
    }
    print(
        new Answered(gate.run(), gate.position(), text, note),
        List.of("answered " + gate.run() + " " + gate.position()));
    return Exit.OK;
  }

  /**
   * What {@code --json} prints.
   *
   * @param note null when none was given
   */
  record Answered(String run, String position, String answer, @Nullable String note) {}

  private Inbox.Remark remark(String why) {
    if (why.isBlank()) {
      throw new UsageError("--note needs a text, found '%s'".formatted(why));
    }
    Map<String, String> environment = context().environment();
    String by = environment.getOrDefault("USER", environment.getOrDefault("LOGNAME", ""));
    return new Inbox.Remark(by.isBlank() ? System.getProperty("user.name", "?") : by, why);
  }

  private static boolean isPosition(OpenGates gates, List<Gate> open, String word) {
    return open.stream().anyMatch(gate -> gate.position().equals(word))
        || gates.answer(word).isPresent()
        || POSITION.matcher(word).matches();
  }

  private static Gate named(RunDirectory run, OpenGates gates, List<Gate> open, String position) {
    List<Gate> meant = open.stream().filter(gate -> gate.position().equals(position)).toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    throw new UsageError(
        meant.isEmpty()
            ? gates
                .answer(position)
                .map(before -> answered(run, before))
                .orElseGet(
                    () -> "%s asks nothing at %s%s".formatted(run.id(), position, listed(open)))
            : "several runs ask at %s; name the one that does:%s"
                .formatted(position, listed(meant)));
  }

  private Gate only(RunDirectory run, OpenGates gates, List<Gate> open) {
    if (open.size() == 1) {
      return open.getFirst();
    }
    if (!open.isEmpty()) {
      throw new UsageError("which question? name its position:" + listed(open));
    }
    throw new UsageError(
        gates
            .lastAnswer()
            .map(last -> answered(run, last))
            .orElseGet(() ->
                "%s asks nothing now; it is %s"
                    .formatted(run.id(), store().meta(run).status().text())));
  }

  private static String answered(RunDirectory run, OpenGates.Answer answer) {
    return GateList.before(run.id(), answer.position(), answer.text());
  }

  private static String listed(List<Gate> gates) {
    return gates.isEmpty()
        ? ""
        : "\n  " + String.join("\n  ", gates.stream().map(GateList::line).toList());
  }
}
