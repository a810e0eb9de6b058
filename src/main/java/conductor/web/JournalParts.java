package conductor.web;

import conductor.error.Reason;
import conductor.report.Texts;
import conductor.state.RunDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The lines of a run's journal as they stand in the file, some of many at a time. */
final class JournalParts {

  private static final int SIZE = 200;
  private static final int LONGEST = 2_000;

  private JournalParts() {}

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static List<Part> of(RunDirectory run, PageRequest asked, Texts texts) {
    int count = count(run);
    int pages = Math.max(1, (count + SIZE - 1) / SIZE);
    int page = asked.field("page").isEmpty() ? pages : Math.min(asked.number("page"), pages);
    var rows = new ArrayList<Part.Row>();
    for (String text : lines(run, (page - 1) * SIZE)) {
      int number = (page - 1) * SIZE + rows.size() + 1;
      var line = new JournalShown.Line("j-" + number, number, texts.line(cut(text)));
      rows.add(
          new Part.Row(
              line.element(), Layout.html(out -> JtejournalLineGenerated.render(out, null, line))));
    }
    var range = new JournalShown.Range(run.id(), page, pages, count);
    return List.of(
        Part.list("journal", "div", "Journal", rows),
        Part.of("pager", Layout.html(out -> JtejournalPagerGenerated.render(out, null, range))));
  }

  private static String cut(String text) {
    int more = text.length() - LONGEST;
    return more > 0 ? text.substring(0, LONGEST) + " … %,d more".formatted(more) : text;
  }

  private static int count(RunDirectory run) {
    try (Stream<String> lines = open(run).lines()) {
      return (int) lines.count();
    } catch (IOException e) {
      throw unreadable(run, e);
    }
  }

  /** Returns the lines of a page, however many there are before and after. */
  private static List<String> lines(RunDirectory run, int from) {
    try (Stream<String> lines = open(run).lines()) {
      return lines.skip(from).limit(SIZE).toList();
    } catch (IOException e) {
      throw unreadable(run, e);
    }
  }

  /** A byte that is damaged is shown as such. */
  private static BufferedReader open(RunDirectory run) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(run.trace()), StandardCharsets.UTF_8));
  }

  private static UncheckedIOException unreadable(RunDirectory run, IOException e) {
    return new UncheckedIOException("cannot read " + run.trace() + ": " + Reason.of(e), e);
  }
}
