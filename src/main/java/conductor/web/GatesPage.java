package conductor.web;

import conductor.handlers.people.Shown;
import conductor.journal.JournalException;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import conductor.run.record.ListedRun;
import conductor.run.record.RunStore;
import conductor.state.StateDirectory;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All questions that wait for an answer, over all runs. */
final class GatesPage {

  private final StateDirectory state;
  private final RunStore store;
  private final String writes;

  GatesPage(StateDirectory state, String writes) {
    this.state = state;
    this.store = new RunStore(state);
    this.writes = writes;
  }

  Page read(Request asked) {
    RunStore.Listing listing = store.list();
    Map<Gate, String> open = new LinkedHashMap<>();
    var unreadable = new ArrayList<>(listing.unreadable());
    for (ListedRun run : listing.runs()) {
      if (!run.status().ended()) {
        try {
          GateList.of(state.run(run.id())).forEach(gate -> open.putIfAbsent(gate, run.name()));
        } catch (JournalException | UnreadableState | UncheckedIOException e) {
          unreadable.add(run.id() + ": " + e.getMessage());
        }
      }
    }
    List<Question> questions =
        open.entrySet().stream()
            .map(gate -> Question.of(gate.getKey(), gate.getValue(), new Form(writes, "/gates")))
            .toList();
    return page(questions, unreadable.stream().map(Shown::oneLine).toList());
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static Page page(List<Question> questions, List<String> unreadable) {
    return new Page(
        questions.isEmpty() ? "Questions" : "(" + questions.size() + ") Questions",
        "gates",
        List.of(
            Part.of(
                "unreadable",
                Layout.html(out -> JteunreadableGenerated.render(out, null, unreadable))),
            questions("questions", questions)));
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
