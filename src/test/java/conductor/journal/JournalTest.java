package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** The invariants J1 to J6 of a journal, and law 12. */
class JournalTest {

  /** Bytes from cut to cut; mutation testing, which runs the test very often, makes it longer. */
  private static final int STRIDE = Integer.getInteger("journal.stride", 1);

  /** After every so many cuts something is appended: a sync costs more than all the rest. */
  private static final int APPENDED = 7;

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @TempDir private Path temp;

  /** One of each kind. */
  private static List<Entry> entries() {
    var position = new Position("4.impl.2");
    var arguments = NODES.objectNode().put("prompt", "ein Ä,\n\"und\" \u0001\ud83d\ude00");
    return List.of(
        new Entry.Opened(AT, "wf-1a2b3c", "flow"),
        new Entry.Owned(AT, 1, 42, "boot"),
        new Entry.Asked(
            AT, position, "RunAgent", arguments, arguments, "ab12", 1, List.of("f:1", "f:2 in m")),
        new Entry.Asked(AT, position, "Now", arguments, null, "", 0, List.of()),
        new Entry.Replied(AT, position, new Outcome.Value(NODES.stringNode("hi")), false),
        new Entry.Replied(AT, position.step("push"), new Outcome.Failed(arguments), true),
        new Entry.Replied(AT, position, new Outcome.Cancelled(), false),
        new Entry.Branched(AT, position, "Gather", List.of("a", "b.c"), List.of("f:3")),
        new Entry.Settled(AT, position, "won", "a", List.of("b.c"), 3),
        new Entry.Settled(AT, position, "all", null, List.of(), 0),
        new Entry.Parked(AT, position, 1, JsonNodeFactory.instance.objectNode().put("type", "X")),
        new Entry.Reattempted(AT, position, 2, JsonNodeFactory.instance.objectNode().put("x", 1)),
        new Entry.Stopped(AT, "a person"),
        new Entry.Expired(AT, new BranchPath("4.impl")),
        new Entry.Retried(AT, 2, List.of(position)),
        new Entry.Edited(AT, 3, List.of(position)),
        new Entry.Noted(AT, position, Note.of("a line")),
        new Entry.Ended(AT, "error", new Outcome.Failed(arguments), "m", List.of(position)));
  }

  private Path file() {
    return temp.resolve("trace.jsonl");
  }

  private static void write(Journal journal, List<Entry> entries, int synced) {
    for (Entry entry : entries) {
      journal.append(entry);
      synced--;
      if (synced == 0) {
        journal.sync();
      }
    }
  }

  @Test
  void everyKindOfEntryIsReadBackAsItWas() {
    assertThat(entries().stream().map(Object::getClass).distinct())
        .as("J3 covers all")
        .hasSize(Entry.class.getPermittedSubclasses().length);
    try (var journal = FileJournal.open(file())) {
      write(journal, entries(), entries().size());
    }
    try (var again = FileJournal.open(file())) {
      assertThat(again.entries()).as("J1, J3").isEqualTo(entries());
      assertThat(again.setAside()).isEmpty();
    }
  }

  @Test
  void aNoteIsItsTextInTheFileAndUnknownOnesAreLines() throws IOException {
    String question = "The command was lost with the host. Run it again?";
    var position = new Position("4");
    try (var journal = FileJournal.open(file())) {
      journal.append(new Entry.Noted(AT, position, new Note.LostCommand()));
      journal.append(new Entry.Noted(AT, position, Note.of("from main at 1234")));
    }

    assertThat(Files.readString(file()))
        .contains("\"pos\":\"4\",\"line\":\"" + question + "\",\"crc\"")
        .contains("\"pos\":\"4\",\"line\":\"from main at 1234\",\"crc\"");
    assertThat(Note.of(question)).isEqualTo(new Note.LostCommand());
    assertThat(Note.of("from main at 1234")).isEqualTo(new Note.Line("from main at 1234"));
  }

  @Test
  void theMemoryJournalIsFoundAsItWasLeft() {
    var journal = new MemoryJournal();
    write(journal, entries(), entries().size());

    assertThat(journal.afterCrash().entries()).as("J1, J3").isEqualTo(entries());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9})
  void aFileCutAtAnyByteKeepsWhatWasSyncedAndAPrefixOfTheRest(int synced) throws IOException {
    long syncedLength;
    try (var journal = FileJournal.open(file())) {
      write(journal, entries().subList(0, synced), synced);
      syncedLength = Files.size(file());
      write(journal, entries().subList(synced, entries().size()), 0);
    }
    byte[] whole = Files.readAllBytes(file());
    for (int length = (int) syncedLength; length <= whole.length; length += STRIDE) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(file(), cut);
      try (var journal = FileJournal.open(file())) {
        List<Entry> found = journal.entries();
        assertThat(found).as("J1, J2 at %d", length).hasSizeGreaterThanOrEqualTo(synced);
        assertThat(found).isEqualTo(entries().subList(0, found.size()));
        boolean torn = length > 0 && cut[length - 1] != '\n';
        assertThat(journal.setAside().isPresent()).as("J4 at %d", length).isEqualTo(torn);
        if (length % APPENDED == 0 || length == whole.length) {
          journal.append(entries().getLast());
          journal.sync();
        }
      }
      if (length % APPENDED == 0 || length == whole.length) {
        assertThat(JournalFile.read(file()).entries().getLast()).isEqualTo(entries().getLast());
      }
    }
  }

  @Test
  void anyByteChangedBeforeTheLastSyncStopsTheOpeningAndNothingIsTouched() throws IOException {
    try (var journal = FileJournal.open(file())) {
      for (Entry entry : entries()) {
        journal.append(entry);
        journal.sync();
      }
    }
    byte[] whole = Files.readAllBytes(file());
    int lastLine =
        new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1)
            .lastIndexOf('\n', whole.length - 2);
    for (int at = 0; at < lastLine; at += Math.max(7, STRIDE)) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(file(), damaged);
      assertThatThrownBy(() -> FileJournal.open(file()))
          .as("J4 at %d", at)
          .isInstanceOfAny(JournalException.Damaged.class, JournalException.TooNew.class)
          .hasMessageContaining("trace.jsonl");
      assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
    }
  }

  @Test
  void aLineThatIsMissingOrMovedStopsTheOpening() throws IOException {
    try (var journal = FileJournal.open(file())) {
      for (Entry entry : entries()) {
        journal.append(entry);
        journal.sync();
      }
    }
    List<String> lines = Files.readAllLines(file());
    var without = new ArrayList<>(lines);
    without.remove(5);
    var moved = new ArrayList<>(lines);
    moved.add(8, moved.remove(5));
    for (List<String> changed : List.of(without, moved)) {
      Files.write(file(), changed);
      assertThatThrownBy(() -> FileJournal.open(file()))
          .isInstanceOf(JournalException.Damaged.class)
          .hasMessageContaining("trace.jsonl:6:");
    }
  }

  /** F18: what a newer conductor wrote behind an older one's records is no torn tail. */
  @ParameterizedTest
  @ValueSource(strings = {"noted", "leased"})
  void aLastRecordOfANewerFormatIsRefusedAndLeftUntouched(String kind) throws IOException {
    try (var journal = FileJournal.open(file())) {
      write(journal, entries().subList(0, 2), 2);
    }
    String body = "{\"v\":2,\"n\":3,\"synced\":2,\"k\":\"%s\",\"at\":\"%s\"".formatted(kind, AT);
    Files.writeString(file(), checked(body), StandardOpenOption.APPEND);
    String text = Files.readString(file());

    assertThatThrownBy(() -> FileJournal.open(file()))
        .as("J6")
        .isInstanceOf(JournalException.TooNew.class);
    assertThat(file()).hasContent(text);
  }

  @Test
  void aNewerFormatIsRefusedAndLeftUntouched() throws IOException {
    String text = "{\"v\":2,\"n\":1,\"kind\":\"something\"}\n";
    Files.writeString(file(), text);

    assertThatThrownBy(() -> FileJournal.open(file()))
        .as("J6")
        .isInstanceOf(JournalException.TooNew.class)
        .hasMessageContaining("format 2");
    assertThat(Files.readString(file())).isEqualTo(text);
  }

  @Test
  void aJournalThatFailedOnceFailsAlways() {
    var journal = FileJournal.open(file());
    journal.append(entries().getFirst());
    journal.close();

    for (int n = 0; n < 2; n++) {
      assertThatThrownBy(() -> journal.append(entries().getFirst()))
          .as("J5")
          .isInstanceOf(JournalException.Unwritable.class)
          .hasMessageContaining("can be resumed");
    }
    assertThatThrownBy(journal::sync).isInstanceOf(JournalException.Unwritable.class);
    assertThat(JournalFile.read(file()).entries()).hasSize(1);
  }

  @Test
  void everyTornTailIsKept() throws IOException {
    try (var journal = FileJournal.open(file())) {
      write(journal, entries().subList(0, 2), 2);
    }
    for (String tail : List.of("{\"v\":1", "garbage")) {
      Files.writeString(file(), Files.readString(file()) + tail);
      FileJournal.open(file()).close();
    }
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files.filter(path -> path.toString().contains(".torn-")).sorted())
          .extracting(Files::readString)
          .containsExactly("{\"v\":1", "garbage");
    }
  }

  @Test
  void aLineSaysItsFormatItsNumberAndWhatWasOnDisk() throws IOException {
    try (var journal = FileJournal.open(file())) {
      journal.append(new Entry.Stopped(AT, "a"));
      journal.append(new Entry.Stopped(AT, "b"));
      journal.sync();
      journal.append(new Entry.Stopped(AT, "c"));
    }
    try (var journal = FileJournal.open(file())) {
      journal.append(new Entry.Stopped(AT, "d"));
    }

    assertThat(Files.readAllLines(file()))
        .extracting(line -> line.substring(0, line.indexOf(",\"k\"")))
        .containsExactly(
            "{\"v\":1,\"n\":1,\"synced\":0",
            "{\"v\":1,\"n\":2,\"synced\":0",
            "{\"v\":1,\"n\":3,\"synced\":2",
            "{\"v\":1,\"n\":4,\"synced\":3");
  }

  @Test
  void whatIsOnDiskIsNotSyncedAgain() {
    var journal = FileJournal.open(file());
    journal.append(entries().getFirst());
    journal.sync();
    journal.close();

    journal.sync();
    assertThatThrownBy(() -> journal.append(entries().getFirst()))
        .hasMessageContaining("cannot write " + file());
    assertThatThrownBy(journal::sync).hasMessageContaining("an earlier write failed");
  }

  private static String checked(String body) {
    var crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return "%s,\"crc\":\"%08x\"}\n".formatted(body, crc.getValue());
  }

  @Test
  void aWholeRecordOfAnUnknownKindIsDamageAndNoTornTail() throws IOException {
    try (var journal = FileJournal.open(file())) {
      write(journal, entries().subList(0, 2), 2);
    }
    String known = Files.readString(file());
    String unknown =
        checked("{\"v\":1,\"n\":3,\"synced\":2,\"k\":\"leased\",\"at\":\"" + AT + "\"");
    Files.writeString(file(), known + unknown);

    assertThatThrownBy(() -> FileJournal.open(file()))
        .isInstanceOf(JournalException.Damaged.class)
        .hasMessageContaining("trace.jsonl:3: the record is none that this version knows");
    for (String torn : List.of(unknown.strip(), "{\"v\":2,\"n\":3}\n", "\n", "{\"v\":2,\"n\":3}")) {
      Files.writeString(file(), known + torn);
      assertThat(JournalFile.read(file()).entries()).isEqualTo(entries().subList(0, 2));
      assertThat(JournalFile.read(file()).torn()).isTrue();
    }
  }

  @Test
  void aFirstLineOfANewerFormatIsRefusedAlsoWithoutItsEnd() throws IOException {
    Files.writeString(file(), "{\"v\":2,\"n\":1}");
    assertThatThrownBy(() -> JournalFile.read(file())).isInstanceOf(JournalException.TooNew.class);
    for (String torn : List.of("{\"v\":1,\"n\":1}", "{\"v\":2,\"n\"", "\n", "{}\n")) {
      Files.writeString(file(), torn);
      assertThat(JournalFile.read(file())).isEqualTo(new JournalFile(List.of(), 0, torn.length()));
    }
  }

  @Test
  void aFileThatIsNotThereIsEmptyAndOneThatCannotBeReadIsAnError() throws IOException {
    assertThat(JournalFile.read(file())).isEqualTo(new JournalFile(List.of(), 0, 0));
    assertThat(JournalFile.read(file()).torn()).isFalse();
    Files.createDirectory(file());

    assertThatThrownBy(() -> JournalFile.read(file()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot read " + file());
  }

  @Test
  void theMemoryJournalCanBeCutAnywhere() {
    var journal = new MemoryJournal(entries().subList(0, 3));
    journal.append(entries().get(3));

    assertThat(journal.entries()).isEqualTo(entries().subList(0, 3));
    assertThat(journal.all()).isEqualTo(entries().subList(0, 4));
    assertThat(journal.afterCrash(2).entries()).isEqualTo(entries().subList(0, 2));
  }
}
