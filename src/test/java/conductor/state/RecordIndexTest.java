package conductor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an index holds, and what it does not claim to hold. */
class RecordIndexTest {

  private static final Instant AT = Instant.parse("2026-11-29T12:00:00.000000007Z");

  @TempDir private Path temp;
  private Path file;
  private RecordIndex index;

  @BeforeEach
  void setUp() {
    file = temp.resolve("index");
    index = new RecordIndex(file, temp::resolve);
  }

  private IndexEntry entry(String id, Object row) throws Exception {
    Path record = temp.resolve(id);
    if (!Files.exists(record)) {
      Files.writeString(record, id);
    }
    return IndexEntry.of(id, FileStamp.of(record), AT, "done", row).orElseThrow();
  }

  private IndexEntry entry(String id) throws Exception {
    return entry(id, Map.of("name", id));
  }

  private void append(String text) throws Exception {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  @Test
  void anEntryIsReadBackAsItWasWritten() throws Exception {
    IndexEntry written = entry("a", Map.of("title", "Ünï \"quoted\"\n\t\u0001 }\n{\"id\":\"b\""));
    index.rewrite(List.of());
    index.add(written);

    IndexEntry read = index.entries().get("a");
    assertThat(read).isNotNull();
    assertThat(read.stamp()).isEqualTo(written.stamp()).isEqualTo(FileStamp.of(temp.resolve("a")));
    assertThat(read.created()).isEqualTo(AT);
    assertThat(read.status()).isEqualTo("done");
    assertThat(read.row()).isEqualTo(written.row());
    assertThat(index.entries()).hasSize(1);
    index.check();
  }

  @Test
  void theLastLineOfARecordCounts() throws Exception {
    index.rewrite(List.of(entry("a", Map.of("name", "old"))));
    index.add(entry("a", Map.of("name", "new")));

    assertThat(index.entries().get("a").row().path("name").asString("")).isEqualTo("new");
  }

  @Test
  void manyWhoAddAtOnceLoseNothing() throws Exception {
    index.rewrite(List.of());
    List<IndexEntry> entries = new ArrayList<>();
    for (int n = 0; n < 200; n++) {
      entries.add(entry("r" + n));
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      var all = new ArrayList<Future<?>>();
      entries.forEach(
          entry -> all.add(threads.submit(() -> new RecordIndex(file, temp::resolve).add(entry))));
      for (Future<?> one : all) {
        one.get();
      }
    }

    assertThat(index.entries()).hasSize(200);
    index.check();
  }

  @Test
  void anEmptyLineMeansNothing() throws Exception {
    index.rewrite(List.of(entry("a")));
    append("\n");
    index.add(entry("b"));

    assertThat(index.entries()).containsOnlyKeys("a", "b");
    index.check();
  }

  @Test
  void aLineThatAKilledWriterLeftHidesNoOther() throws Exception {
    index.rewrite(List.of(entry("a")));
    append("{\"id\":\"b\",\"stamp\":\"17");
    assertThat(index.entries()).containsOnlyKeys("a");

    index.add(entry("c"));

    assertThat(index.entries()).containsOnlyKeys("a", "c");
    assertThatThrownBy(index::check)
        .isInstanceOf(UnreadableState.class)
        .hasMessageContaining(file + ":3: ");
  }

  @Test
  void aLineThatIsNotWhatWasWrittenIsNone() throws Exception {
    index.rewrite(List.of(entry("a"), entry("b"), entry("c")));
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"name\":\"b\"", "\"name\":\"x\""));

    assertThat(index.entries()).containsOnlyKeys("a", "c");
    assertThatThrownBy(index::check).hasMessageContaining(file + ":3: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "\n",
        "{\n  \"v\" : 1,\n  \"runs\" : {\"a\" : \"one\"}\n}\n",
        "\0\0",
        "{}"
      })
  void whatIsNoIndexOfThisVersionHoldsNothingAndIsWrittenAnew(String text) throws Exception {
    Files.writeString(file, text);
    IndexEntry entry = entry("a");
    index.add(entry);

    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(index.entries()).isEmpty();
    assertThat(index.isOutdated()).isTrue();
  }

  @Test
  void aNewerOneHoldsNothingAndIsLeftAlone() throws Exception {
    index.rewrite(List.of(entry("a")));
    String newer = Files.readString(file).replace("{\"v\":3", "{\"v\":4");
    Files.writeString(file, newer);
    index.add(entry("b"));

    assertThat(index.entries()).isEmpty();
    assertThat(index.isOutdated()).isFalse();
    assertThat(Files.readString(file)).isEqualTo(newer);
    assertThatThrownBy(index::check)
        .isInstanceOfSatisfying(UnreadableState.class, e -> assertThat(e.newer).isTrue());
  }

  @Test
  void aMissingOneIsNotMadeByAdding() throws Exception {
    index.add(entry("a"));

    assertThat(file).doesNotExist();
    assertThat(index.isOutdated()).isTrue();
    index.check();
  }

  @Test
  void oneThatHasGrownByLinesThatDoNotCountIsOutdated() throws Exception {
    index.rewrite(List.of(entry("a")));
    assertThat(index.isOutdated()).isFalse();
    IndexEntry large = entry("a", Map.of("text", "x".repeat(10_000)));
    for (int n = 0; n < 7; n++) {
      index.add(large);
    }

    assertThat(index.isOutdated()).isTrue();
  }

  @Test
  void oneOfFilesThatWereCopiedIsOutdated() throws Exception {
    index.rewrite(List.of(entry("a"), entry("b"), entry("c")));
    Files.delete(temp.resolve("a"));
    assertThat(index.isOutdated()).isFalse();
    for (String id : List.of("b", "c")) {
      Files.setLastModifiedTime(temp.resolve(id), FileTime.fromMillis(1_000));
    }

    assertThat(index.isOutdated()).isTrue();
  }

  @Test
  void recordsWhoseNamesOrFilesAreOddAreInNone() throws Exception {
    Path odd = Files.writeString(temp.resolve("it's"), "");
    Path link = Files.createSymbolicLink(temp.resolve("link"), odd);

    assertThat(IndexEntry.of("it's", FileStamp.of(odd), AT, "done", "")).isEmpty();
    assertThat(IndexEntry.of("link", FileStamp.of(link), AT, "done", "")).isEmpty();
    assertThat(IndexEntry.of("gone", FileStamp.of(temp.resolve("gone")), AT, "done", "")).isEmpty();
  }

  @Test
  void anyByteThatIsAnotherIsNoticed() throws Exception {
    index.rewrite(List.of(entry("a")));
    byte[] bytes = Files.readAllBytes(file);
    int begin = new String(bytes, StandardCharsets.UTF_8).indexOf('\n') + 1;
    IntStream.range(begin, bytes.length)
        .forEach(at -> {
          byte[] damaged = bytes.clone();
          damaged[at] ^= 1;
          var found = new ArrayList<IndexEntry>();
          IndexEntry.all(damaged, begin, found::add);
          assertThat(found).as("byte " + at).isEmpty();
        });
  }
}
