package conductor.run.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Redactor;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import conductor.state.StateJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of runs is what the runs are, whatever the index says. */
class RunListTest {

  private static final Instant AT = Instant.parse("2026-11-29T12:00:00Z");

  @TempDir private Path temp;
  private StateDirectory state;
  private RunStore store;

  @BeforeEach
  void setUp() {
    state = new StateDirectory(temp);
    store = new RunStore(state);
  }

  private static RunMeta meta(String id, String name, int minute, RunStatus status) {
    return new RunMeta(
        RunMeta.FORMAT,
        id,
        name,
        null,
        "a.groovy",
        Path.of("/project"),
        status,
        "a line",
        null,
        new RunMeta.IssueRef("ISSUE-001", "An issue"),
        Map.of(),
        AT.plusSeconds(60L * minute),
        AT,
        List.of(),
        List.of(),
        null,
        null,
        null,
        null,
        null);
  }

  private RunDirectory write(RunMeta meta) {
    RunDirectory run = state.run(meta.id());
    AtomicFile.write(run.meta(), StateJson.pretty(meta));
    return run;
  }

  private RunDirectory done(String id, int minute) {
    return write(meta(id, "of " + id, minute, RunStatus.DONE));
  }

  /** Puts blanks into a file that its stamp does not show: who lists it then has not read it. */
  private static void blank(RunDirectory run) throws Exception {
    FileTime time = Files.getLastModifiedTime(run.meta());
    Files.writeString(run.meta(), " ".repeat((int) Files.size(run.meta())));
    Files.setLastModifiedTime(run.meta(), time);
  }

  private List<String> listed() {
    RunStore.Listing listing = store.list();
    var lines = new ArrayList<String>();
    for (ListedRun run : listing.runs()) {
      lines.add(
          String.join(
              " ",
              run.id(),
              run.status().text(),
              run.name(),
              String.valueOf(run.created()),
              String.valueOf(run.project()),
              String.valueOf(run.issue()),
              String.valueOf(run.line())));
    }
    lines.addAll(listing.unreadable());
    return lines;
  }

  private List<String> ids() {
    return store.list().runs().stream().map(ListedRun::id).toList();
  }

  @Test
  void runsThatTheIndexHoldsAreNotRead() throws Exception {
    List<RunDirectory> runs = List.of(done("wf-a", 1), done("wf-b", 3), done("wf-c", 2));
    List<String> read = listed();
    store.index();
    for (RunDirectory run : runs) {
      blank(run);
    }

    assertThat(listed()).isEqualTo(read);
    assertThat(ids()).containsExactly("wf-b", "wf-c", "wf-a");
  }

  @Test
  void aRunThatEndedSinceIsReadAndARunThatIsGoneIsNotListed() {
    done("wf-a", 1);
    RunDirectory gone = done("wf-b", 3);
    store.index();
    done("wf-c", 2);
    FileTree.delete(gone.root());

    assertThat(ids()).containsExactly("wf-c", "wf-a");
  }

  @Test
  void aRunIsListedAsItIsAndNotAsItWas() {
    done("wf-a", 1);
    done("wf-b", 2);
    store.index();
    write(meta("wf-a", "another", 3, RunStatus.ERROR));

    assertThat(listed().getFirst()).startsWith("wf-a error another 2026-11-29T12:03:00Z");
  }

  @Test
  void aRunThatWasDamagedSinceIsReported() throws Exception {
    RunDirectory run = done("wf-a", 1);
    store.index();
    Files.writeString(run.meta(), "{");

    assertThat(store.list().runs()).isEmpty();
    assertThat(store.list().unreadable()).singleElement().asString().startsWith("wf-a: ");
  }

  @Test
  void onlyRunsThatHaveEndedAreInTheIndex() throws Exception {
    done("wf-a", 1);
    write(meta("wf-b", "b", 2, RunStatus.RUNNING));
    store.index();

    assertThat(Files.readString(state.index())).contains("wf-a").doesNotContain("wf-b");
    assertThat(listed().getFirst()).startsWith("wf-b interrupted");
  }

  @Test
  void anOwnerAddsItsRunWhenItEnds() throws Exception {
    store.index();
    RunDirectory run = write(meta("wf-a", "a", 1, RunStatus.RUNNING));
    var codec = new Codec(new Blobs(run.blobs()), Redactor.none());
    var writer = new MetaWriter(run, store.stored(run), codec, List.of());
    writer.status(RunStatus.RUNNING, AT);
    assertThat(Files.readString(state.index())).doesNotContain("wf-a");

    writer.status(RunStatus.ABORTED, AT);
    List<String> read = listed();
    blank(run);

    assertThat(listed()).isEqualTo(read).singleElement().asString().startsWith("wf-a aborted a ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30, 200, 400, 570})
  void anIndexThatIsCutOffOrDamagedChangesNoList(int at) throws Exception {
    done("wf-a", 1);
    done("wf-b", 3);
    done("wf-c", 2);
    List<String> expected = listed();
    store.index();
    byte[] index = Files.readAllBytes(state.index());

    Files.write(state.index(), java.util.Arrays.copyOf(index, at));
    assertThat(listed()).isEqualTo(expected);

    index[at] ^= 4;
    Files.write(state.index(), index);
    assertThat(listed()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\n  \"v\" : 1,\n  \"runs\" : {\n    \"wf-a\" : \"old\"\n  }\n}\n",
        "{\"v\":4,\"size\":0}\n{\"id\":\"wf-a\",\"stamp\":\"0-0\"}\n"
      })
  void anIndexOfAnotherVersionChangesNoList(String text) throws Exception {
    done("wf-a", 1);
    List<String> expected = listed();
    Files.writeString(state.index(), text);

    assertThat(listed()).isEqualTo(expected);
  }

  @Test
  void lookingWritesNoIndex() throws Exception {
    done("wf-a", 1);
    store.list();
    assertThat(state.index()).doesNotExist();

    Files.writeString(state.index(), "[");
    store.list();
    assertThat(state.index()).hasContent("[");
  }

  @Test
  void theDirectoryOfACopyIsNoRunOfTheIndex() throws Exception {
    RunDirectory run = done("wf-a", 1);
    Files.createDirectory(state.run("wf-b").root());
    Files.copy(run.meta(), state.run("wf-b").meta());
    store.index();

    assertThat(Files.readString(state.index(), StandardCharsets.UTF_8)).doesNotContain("wf-b");
    assertThat(ids()).containsExactly("wf-a", "wf-a");
  }

  @Test
  void aRunIsFoundByItsIdWithoutLookingAtOthers() throws Exception {
    RunDirectory run = done("wf-aa", 1);
    blank(done("wf-ab", 2));
    assertThat(store.find("wf-aa")).isEqualTo(run);
    assertThat(store.find("ab").id()).isEqualTo("wf-ab");
    assertThatThrownBy(() -> store.find("a")).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.find("")).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.find("../workflows/wf-aa")).isInstanceOf(UnknownRun.class);
  }
}
