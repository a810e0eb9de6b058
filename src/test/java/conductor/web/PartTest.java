package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is sent to a page that has changed. */
class PartTest {

  private static Part list(String... rows) {
    return new Part(
        "l",
        "<ul id=\"l\">",
        Stream.of(rows)
            .map(row ->
                new Part.Row(
                    row.substring(0, 1), "<li id=\"" + row.charAt(0) + "\">" + row + "</li>"))
            .toList(),
        "</ul>");
  }

  @Test
  void nothingIsSentOfWhatStays() {
    assertThat(list("a", "b").since(list("a", "b"))).isEmpty();
  }

  @Test
  void aRowThatIsNewOrOtherIsSentAlone() {
    assertThat(list("a", "b2", "c").since(list("a", "b1")))
        .containsExactly(
            "<turbo-stream action=\"replace\" method=\"morph\" target=\"b\"><template><li id=\"b\">b2</li></template></turbo-stream>",
            "<turbo-stream action=\"after\" target=\"b\"><template><li id=\"c\">c</li></template></turbo-stream>");
  }

  @Test
  void rowsBeforeTheFirstKeepTheirOrder() {
    assertThat(list("a", "b", "c").since(list("c")))
        .containsExactly(
            "<turbo-stream action=\"before\" target=\"c\"><template><li id=\"a\">a</li></template></turbo-stream>",
            "<turbo-stream action=\"after\" target=\"a\"><template><li id=\"b\">b</li></template></turbo-stream>");
  }

  @Test
  void rowsThatWentOrMovedAreSentAsAWhole() {
    assertThat(list("b", "a").since(list("a", "b"))).containsExactly(whole("b", "a"));
    assertThat(list("a").since(list("a", "b"))).containsExactly(whole("a"));
    assertThat(list("a").since(list())).containsExactly(whole("a"));
  }

  private static String whole(String... rows) {
    return "<turbo-stream action=\"replace\" method=\"morph\" target=\"l\"><template>"
        + list(rows).html()
        + "</template></turbo-stream>";
  }

  @Test
  void anotherPageIsSentAsAWhole() {
    var before = new Page("t", "runs", List.of(Part.of("x", "<p id=\"x\">x</p>")));
    var after = new Page("t", "runs", List.of(Part.of("y", "<p id=\"y\">y</p>")));
    assertThat(after.since(before)).containsExactly(after.whole());
    assertThat(after.since(after)).isEmpty();
    assertThat(after.version()).isNotEqualTo(before.version());
  }

  @Test
  void oneStepOfThousandsCostsOneRow() {
    String[] rows =
        IntStream.range(0, 60)
            .mapToObj(n -> String.valueOf((char) ('A' + n)))
            .toArray(String[]::new);
    String[] more = Stream.concat(Stream.of(rows), Stream.of("~")).toArray(String[]::new);
    assertThat(String.join("", list(more).since(list(rows)))).hasSizeLessThan(120);
  }

  @Test
  void idsHaveNothingThatMarkupIsMadeOf() {
    assertThat(Part.id("e", "4.a \"<b>'.2")).matches("e-[\\w.-]+");
    assertThat(Part.id("e", "a b")).isNotEqualTo(Part.id("e", "a_b"));
  }
}
