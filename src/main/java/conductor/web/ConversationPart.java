package conductor.web;

import conductor.handlers.agent.Outputs;
import conductor.report.Texts;
import conductor.state.RunDirectory;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What was said to an agent and by it, told by the marks that the log of a conversation has. */
final class ConversationPart {

  /** Of a longer conversation the end is shown. */
  private static final int TAIL = 400_000;

  private ConversationPart() {}

  /**
   * Returns the parts of an agent's page.
   *
   * @param asks what the agent asks people
   */
  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static List<Part> of(
      RunDirectory run, RunShown.Agent agent, Part asks, boolean ended, Texts texts) {
    Outputs.Ending ending = ending(run, agent.name());
    var rows = new ArrayList<Part.Row>();
    if (ending.before() > 0) {
      String cut =
          "<p id=\"t-cut\" class=\"dim\">%,d bytes before this are left out.</p>"
              .formatted(ending.before());
      rows.add(new Part.Row("t-cut", cut));
    }
    Conversation.blocks(texts.of(whole(ending)))
        .forEach(block ->
            rows.add(
                new Part.Row(
                    block.element(),
                    Layout.html(out -> JteblockGenerated.render(out, null, block)))));
    return List.of(
        Part.of("agent", Layout.html(out -> JteagentHeadGenerated.render(out, null, agent))),
        asks,
        Part.list("said", "div", "Conversation", rows),
        Part.of("speak", Layout.html(out -> JtespeakGenerated.render(out, null, agent, ended))));
  }

  private static Outputs.Ending ending(RunDirectory run, String agent) {
    try {
      return Outputs.ending(run.agent(agent), TAIL);
    } catch (UncheckedIOException e) {
      return new Outputs.Ending("", 0); // the directory is just being created
    }
  }

  /** Returns the whole lines; what is left of a longer one at the beginning has lost its mark. */
  private static String whole(Outputs.Ending ending) {
    return ending.before() == 0
        ? ending.text()
        : ending.text().substring(ending.text().indexOf('\n') + 1);
  }
}
