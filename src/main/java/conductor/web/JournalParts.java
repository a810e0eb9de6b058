package conductor.web;

import conductor.error.Reason;
import conductor.report.Texts;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The lines of a run's journal as they stand in the file, some of many at a time. */
final class JournalParts {

  private static final int SIZE = 200;
  private static final int LONGEST = 2_000;

  private JournalParts() {}

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static List<Part> of(RunDirectory run, Request asked, Texts texts) {
    List<String> all = lines(run);
    int pages = Math.max(1, (all.size() + SIZE - 1) / SIZE);
    int page = asked.field("page").isEmpty() ? pages : Math.min(asked.number("page"), pages);
    var rows = new ArrayList<Part.Row>();
    for (int n = (page - 1) * SIZE; n < Math.min(all.size(), page * SIZE); n++) {
      String text = all.get(n);
      String cut =
          text.length() > LONGEST
              ? text.substring(0, LONGEST) + " … %,d more".formatted(text.length() - LONGEST)
              : text;
      var line = new JournalShown.Line("j-" + (n + 1), n + 1, texts.line(cut));
      rows.add(
          new Part.Row(
              line.element(), Layout.html(out -> JtejournalLineGenerated.render(out, null, line))));
    }
    var range = new JournalShown.Range(run.id(), page, pages, all.size());
    return List.of(
        Part.list("journal", "div", "Journal", rows),
        Part.of("pager", Layout.html(out -> JtejournalPagerGenerated.render(out, null, range))));
  }

  private static List<String> lines(RunDirectory run) {
    try {
      return new String(Files.readAllBytes(run.trace()), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + run.trace() + ": " + Reason.of(e), e);
    }
  }
}
