package conductor.web;

import conductor.run.record.GateList;
import conductor.run.record.RunStore;
import conductor.state.StateDirectory;
import java.util.List;

/** All questions that wait for an answer, over all runs. */
final class GatesPage {

  private final StateDirectory state;
  private final RunStore store;
  private final String writes;

  GatesPage(StateDirectory state, RunStore store, String writes) {
    this.state = state;
    this.store = store;
    this.writes = writes;
  }

  Page read() {
    GateList.OfAll open = GateList.ofAll(state, store);
    List<Question> questions =
        open.gates().entrySet().stream()
            .map(gate -> Question.of(gate.getKey(), gate.getValue(), new Form(writes, "/gates")))
            .toList();
    return new Page(
        questions.isEmpty() ? "Questions" : "(" + questions.size() + ") Questions",
        "gates",
        List.of(Lists.unreadable(open.unreadable().stream()), questions("questions", questions)));
  }

  /** Returns the forms by which questions are answered, as a part of a page. */
  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static Part questions(String id, List<Question> questions) {
    List<Part.Row> rows =
        questions.stream()
            .map(one ->
                new Part.Row(
                    one.element(), Layout.html(out -> JtequestionGenerated.render(out, null, one))))
            .toList();
    String none =
        questions.isEmpty() && id.equals("questions")
            ? "<p class=\"none\">Nothing waits for you.</p>"
            : "";
    return new Part(
        id, "<section id=\"" + id + "\" aria-label=\"Questions\">" + none, rows, "</section>");
  }
}
