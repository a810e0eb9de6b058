package conductor.cli;

import conductor.run.Inbox;
import conductor.run.RunStatus;
import conductor.state.RunDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Answers a question. */
@Command(
    name = "answer",
    description = "Answers a question of a run. The first answer wins.",
    footer = {
      "",
      "Examples:",
      "  conductor answer wf-1a2b3c yes",
      "  conductor answer wf-1a2b3c 4.impl.2 yes"
    })
final class AnswerCommand extends Subcommand {

  @Parameters(index = "0", paramLabel = "RUN", description = "a run's id, or a unique prefix")
  String id = "";

  @Parameters(
      index = "1",
      arity = "1..2",
      paramLabel = "[GATE] ANSWER",
      description = "the question's position, when there are several, and the answer")
  List<String> words = List.of();

  @Override
  public Integer call() {
    RunDirectory run = run(id);
    GateList.Gate gate = gate(run);
    String text = words.getLast();
    if (!gate.options().isEmpty() && !gate.options().contains(text)) {
      throw new Usage(
          "'%s' is none of the answers: %s".formatted(text, String.join(", ", gate.options())));
    }
    if (!new Inbox(run).answer(gate.position(), text, Instant.now())) {
      throw new Usage("%s %s was answered before".formatted(run.id(), gate.position()));
    }
    if (store().meta(run).status() == RunStatus.INTERRUPTED) {
      console()
          .warn(
              "the answer is kept; %s is interrupted, go on with 'conductor resume %s'"
                  .formatted(run.id(), run.id()));
    }
    print(
        Map.of("run", run.id(), "position", gate.position(), "answer", text),
        List.of("answered " + run.id() + " " + gate.position()));
    return Exit.OK;
  }

  private GateList.Gate gate(RunDirectory run) {
    List<GateList.Gate> gates = GateList.of(run);
    if (words.size() == 2 && gates.stream().noneMatch(this::isNamed)) {
      GateList.answered(run, words.getFirst())
          .ifPresent(reply -> {
            throw new Usage(
                "%s %s was answered before: %s".formatted(run.id(), words.getFirst(), reply));
          });
    }
    List<GateList.Gate> meant =
        words.size() == 1 ? gates : gates.stream().filter(this::isNamed).toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    String open = String.join("\n  ", gates.stream().map(GateList.Gate::line).toList());
    throw new Usage(
        gates.isEmpty()
            ? "%s asks nothing now; it is %s".formatted(run.id(), store().meta(run).status().text())
            : "which question? name its position:\n  " + open);
  }

  private boolean isNamed(GateList.Gate gate) {
    return gate.position().equals(words.getFirst());
  }
}
