package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.state.CheckedLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedactedCopyTest {

  private static final String SECRET = "s3cret-of-the-shöp";
  private static final String TOKEN = "ghp_" + "a1".repeat(20);

  private final ByteArrayOutputStream copied = new ByteArrayOutputStream();

  private static RedactedCopy knowing(String secret) {
    return new RedactedCopy(Redactor.of(Map.of("SHOP_TOKEN", secret), List.of()));
  }

  private String copied(String secret, String text) throws IOException {
    knowing(secret).copy(in(text), copied);
    return copied.toString(StandardCharsets.UTF_8);
  }

  private static ByteArrayInputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bytesThatAreNoSecretStayAsTheyAre() throws IOException {
    byte[] all = new byte[3 << 20];
    for (int at = 0; at < all.length; at++) {
      all[at] = (byte) (at * 31 + at / 256);
    }

    assertThat(knowing(SECRET).copy(new ByteArrayInputStream(all), copied)).isEmpty();

    assertThat(Arrays.equals(copied.toByteArray(), all)).isTrue();
  }

  /** A part ends near the first MiB: no secret is seen in two halves there. */
  @Test
  void aSecretIsFoundWhereverThePartsOfALargeFileEnd() throws IOException {
    for (int from = (1 << 20) - 700; from < (1 << 20) + 40; from += 37) {
      copied.reset();
      String text = ".".repeat(from) + SECRET + " " + TOKEN + ".".repeat(1 << 20);

      assertThat(knowing(SECRET).copy(in(text), copied)).isEqualTo(Set.of("SHOP_TOKEN", "token"));

      assertThat(copied.toString(StandardCharsets.UTF_8))
          .isEqualTo(".".repeat(from) + "***SHOP_TOKEN*** ***token***" + ".".repeat(1 << 20));
    }
  }

  @Test
  void aSecretIsFoundBesideBytesThatAreNoText() throws IOException {
    byte[] bytes = (" " + SECRET + " ").getBytes(StandardCharsets.UTF_8);
    bytes[0] = (byte) 0xff;

    knowing(SECRET).copy(new ByteArrayInputStream(bytes), copied);

    assertThat(copied.toByteArray()).startsWith((byte) 0xff);
    assertThat(copied.toString(StandardCharsets.UTF_8)).endsWith("***SHOP_TOKEN*** ");
  }

  @Test
  void aSecretIsFoundAsJsonWritesIt() throws IOException {
    assertThat(copied("pass\"word\n1", "{\"a\":\"pass\\\"word\\n1\"}"))
        .isEqualTo("{\"a\":\"***SHOP_TOKEN***\"}");
  }

  @Test
  void linesOfAJournalThatHeldASecretGetAnotherChecksumAndATornOneIsLeftOut() throws IOException {
    byte[] object = ("{\"a\":\"" + SECRET + "\"").getBytes(StandardCharsets.UTF_8);
    String line = new String(CheckedLine.of(object, object.length), StandardCharsets.UTF_8);
    String damaged = line.replace("\"a\"", "\"b\"");

    Set<String> found = knowing(SECRET).journal(in(line + damaged + "{\"torn\":"), copied);

    assertThat(found).containsExactly("SHOP_TOKEN");
    String text = copied.toString(StandardCharsets.UTF_8);
    assertThat(text.lines())
        .hasSize(2)
        .allMatch(one -> one.contains("***SHOP_TOKEN***"))
        .satisfiesExactly(
            one -> assertThat(isChecked(one)).isTrue(),
            one -> assertThat(isChecked(one)).as("damage stays damage").isFalse());
    assertThat(text).endsWith("}\n");
  }

  private static boolean isChecked(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return CheckedLine.isChecked(bytes, 0, bytes.length - CheckedLine.TAIL);
  }
}
