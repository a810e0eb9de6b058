package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A part of the axis of time. */
@Timeout(120)
class TimesTest extends UiScene {

  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00.7Z");
  private static final Instant NOW = Instant.parse("2026-01-31T13:00:00Z");

  private static TimesShown shown(Map<String, String> fields) {
    var asked = new PageRequest(java.util.List.of("runs", "wf-1"), fields);
    return TimesShown.of(asked, "wf-1", BEGIN, NOW, ZONE);
  }

  @Test
  void allOfItLeadsToItsHalves() {
    TimesShown all = shown(Map.of());
    assertThat(all.narrowed()).isFalse();
    assertThat(all.links())
        .containsExactly(
            new Link("/runs/wf-1?from=2026-01-31T12:00&to=2026-01-31T12:30", "First half", "times"),
            new Link(
                "/runs/wf-1?from=2026-01-31T12:30&to=2026-01-31T13:00", "Second half", "times"));
  }

  @Test
  void aPartLeadsToItsNeighboursAndBack() {
    TimesShown part = shown(Map.of("from", "2026-01-31T12:10:00", "to", "2026-01-31T12:20:00"));
    assertThat(part.narrowed()).isTrue();
    assertThat(part.links())
        .extracting(Link::text)
        .containsExactly("First half", "Second half", "Before", "After", "Wider", "All");
    assertThat(part.links())
        .extracting(Link::href)
        .contains("/runs/wf-1?from=2026-01-31T12:05&to=2026-01-31T12:15", "/runs/wf-1");
  }

  @Test
  void aShortPartHasNoHalves() {
    TimesShown part = shown(Map.of("from", "2026-01-31T12:10:00", "to", "2026-01-31T12:10:02"));
    assertThat(part.links()).extracting(Link::text).doesNotContain("First half");
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday, '', A time is written as",
    "2026-01-31T12:20:00, 2026-01-31T12:10:00, The end is to be after",
    "2026-01-31T12:20:00, 2026-01-31T12:20:00, The end is to be after",
    "2027-01-31T12:20:00, '', The end is to be after"
  })
  void whatIsNoPartIsSaid(String from, String to, String why) {
    TimesShown wrong = shown(Map.of("from", from, "to", to));
    assertThat(wrong.why()).contains(why);
    assertThat(wrong.narrowed()).isFalse();
    assertThat(wrong.from()).isEqualTo(LocalDateTime.parse("2026-01-31T12:00:00"));
  }

  @Test
  void aPageShowsThePartOnlyAndStaysThere() throws Exception {
    project.flow(
        "yield Exec('true'); yield Sleep('2s'); yield Ask(prompt: 'Which?'); yield Exec('sh -c :')",
        "--no-wait");
    String run = project.onlyRun();
    assertThat(get("/runs/" + run).body()).contains("class=\"bar done", "name=\"from\"");
    LocalDateTime later = LocalDateTime.now(ZoneId.systemDefault()).plusYears(1).withNano(0);
    String part = "/runs/" + run + "?from=" + later + "&to=" + later.plusHours(1);
    String page = get(part).body();
    assertThat(page)
        .contains(
            "Nothing was done from " + later, ">All</a>", "/live" + part.replace("&", "&amp;"))
        .doesNotContain("class=\"bar ");
    String early = "/runs/" + run + "?from=2020-01-01T00:00:00";
    try (Stream<String> lines = events(early)) {
      Iterator<String> read = lines.iterator();
      await(read, "Which?");
      project.conductor("answer", run, "this").ok();
      project.conductor("resume", run).ok();
      await(read, "2020-01-01T00:00");
    }
    assertThat(get("/runs/" + run + "?from=%3Cb%3E").body())
        .contains("A time is written as")
        .doesNotContain("<b>&gt;", "value=\"<b>");
  }

  private static void await(Iterator<String> lines, String text) {
    String line = lines.next();
    while (!line.contains(text)) {
      line = lines.next();
    }
  }
}
