package conductor.web;

import conductor.error.UserError;
import conductor.handlers.people.Shown;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Finds the page of an address. What cannot be read is said on the page. */
final class Pages {

  private final RunsPage runs;
  private final GatesPage gates;
  private final RunPages run;
  private final Overviews overviews;

  Pages(RunsPage runs, GatesPage gates, RunPages run, Overviews overviews) {
    this.runs = runs;
    this.gates = gates;
    this.run = run;
    this.overviews = overviews;
  }

  /** Returns what reads the page; empty when there is none at that address. */
  Optional<Live.Reader> find(PageRequest asked) throws InterruptedException {
    try {
      return known(asked).map(Pages::safe);
    } catch (UserError | UncheckedIOException e) {
      String why = Shown.of(String.valueOf(e.getMessage()));
      return Optional.of(() -> unreadable(why));
    }
  }

  private Optional<Live.Reader> known(PageRequest asked) throws InterruptedException {
    List<String> path = asked.path();
    return switch (path.isEmpty() ? "" : path.getFirst()) {
      case "" -> Optional.of(() -> runs.read(asked));
      case "gates" -> path.size() == 1 ? Optional.of(gates::read) : Optional.empty();
      case "runs" -> path.size() > 1 ? run.find(asked) : Optional.empty();
      default -> overviews.find(asked);
    };
  }

  private static Live.Reader safe(Live.Reader reader) {
    return () -> {
      try {
        return reader.read();
      } catch (UserError | UncheckedIOException e) {
        return unreadable(Shown.of(String.valueOf(e.getMessage())));
      }
    };
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static Page unreadable(String why) {
    String html = Layout.html(out -> JteunreadableGenerated.render(out, null, List.of(why)));
    return new Page("Not readable", "runs", List.of(Part.of("unreadable", html)));
  }
}
