package conductor.web;

import conductor.handlers.agent.Outputs;
import conductor.process.Output;
import conductor.report.Texts;
import conductor.state.RunDirectory;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** What was said to an agent and by it, told by the marks that the log of a conversation has. */
final class ConversationPart {

  /** Of a longer conversation the end is shown. */
  private static final int TAIL = 400_000;

  private ConversationPart() {}

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static List<Part> of(RunDirectory run, RunShown.Agent agent, boolean ended, Texts texts) {
    List<Part.Row> rows =
        Conversation.blocks(texts.of(said(run, agent.name()))).stream()
            .map(block ->
                new Part.Row(
                    block.element(),
                    Layout.html(out -> JteblockGenerated.render(out, null, block))))
            .toList();
    return List.of(
        Part.of("agent", Layout.html(out -> JteagentHeadGenerated.render(out, null, agent))),
        Part.list("said", "div", "Conversation", rows),
        Part.of("speak", Layout.html(out -> JtespeakGenerated.render(out, null, agent, ended))));
  }

  private static String said(RunDirectory run, String agent) {
    try {
      return Outputs.said(run.agent(agent)).stream()
          .map(file -> new Output(file).tail(TAIL))
          .collect(Collectors.joining("\n"));
    } catch (UncheckedIOException e) {
      return ""; // the directory is just being created
    }
  }
}
