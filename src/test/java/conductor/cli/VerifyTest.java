package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify}, of bundles that anybody may have made, and of runs. */
@Timeout(180)
class VerifyTest {

  @TempDir private Path temp;
  private Project project;
  private String run = "";
  private Path bundle = Path.of("");
  private Map<String, byte[]> files = Map.of();

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    run = BundleTest.worked(project);
    bundle = project.repo.resolve("b.tar.gz");
    project.conductor("bundle", run, "-o", "b.tar.gz").ok();
    files = BundleFile.files(bundle);
  }

  /** Returns what is said of a bundle that is not whole. */
  private String refused() {
    Project.Result result = project.conductor("verify", "b.tar.gz");
    assertThat(result.code()).as(result.out()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("b.tar.gz: not whole").doesNotContain("Exception");
    return result.out();
  }

  private String refused(Map<String, byte[]> files) throws IOException {
    BundleFile.of(files).write(bundle);
    return refused();
  }

  private Map<String, byte[]> copy() {
    return new LinkedHashMap<>(files);
  }

  @Test
  void aWholeBundleSaysWhichVersionWroteIt() throws Exception {
    assertThat(project.conductor("verify", "b.tar.gz").ok().out())
        .contains(
            "b.tar.gz: whole, ", " of " + run + " and 1 that it started; written by conductor")
        .contains("formats: bundle 1, journal 1, meta 1, source 1");
    var printed = project.conductor("verify", "b.tar.gz", "--json").ok().json();
    assertThat(printed.path("whole").asBoolean()).isTrue();
    assertThat(printed.path("files").asInt()).isEqualTo(files.size() - 1);
    BundleFile.of(files).write(bundle); // packed again by another program
    project.conductor("verify", "b.tar.gz").ok();
  }

  @Test
  void everyFileThatIsChangedGoneOrAddedIsFound() throws Exception {
    for (String name : files.keySet().stream().skip(1).toList()) {
      String path = name.substring(name.indexOf('/') + 1);
      byte[] content = files.get(name);

      Map<String, byte[]> changed = copy();
      changed.put(name, content.length == 0 ? new byte[1] : flipped(content));
      assertThat(refused(changed)).contains(path + ": ");

      Map<String, byte[]> without = copy();
      without.remove(name);
      assertThat(refused(without)).contains(path + ": it is gone, and the manifest names it");
    }
    Map<String, byte[]> more = copy();
    more.put(run + "/runs/" + run + "/more", new byte[3]);
    assertThat(refused(more)).contains("/more: the manifest does not name it");
  }

  private static byte[] flipped(byte[] content) {
    byte[] flipped = content.clone();
    flipped[content.length / 2] ^= 1;
    return flipped;
  }

  /** The records are looked into, also where somebody made the manifest fit. */
  @Test
  void aBundleOfWhichTheManifestWasMadeToFitStillHasAJournalThatDoesNot() throws Exception {
    String journal = run + "/runs/" + run + "/trace.jsonl";
    String before = new String(files.get(run + "/manifest.json"), StandardCharsets.UTF_8);
    byte[] changed = text(files.get(journal)).replace("\"go\"", "\"no\"").getBytes(UTF);
    Map<String, byte[]> fitting = copy();
    fitting.put(journal, changed);
    fitting.put(
        run + "/manifest.json",
        before.replace(sha(files.get(journal)), sha(changed)).getBytes(UTF));

    assertThat(refused(fitting))
        .contains("trace.jsonl: line", "the line is not what was written")
        .doesNotContain("SHA-256");
  }

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

  private static String text(byte[] bytes) {
    return new String(bytes, UTF);
  }

  private static String sha(byte[] bytes) {
    return conductor.state.Digest.sha256(bytes);
  }

  @Test
  void aFileThatIsCutOffOrDamagedAnywhereIsSaidToBe() throws Exception {
    byte[] whole = Files.readAllBytes(bundle);
    for (int length : new int[] {0, 1, 5, 11, 700, whole.length / 2, whole.length - 4}) {
      Files.write(bundle, Arrays.copyOf(whole, length));
      assertThat(refused())
          .containsPattern(length < 2 ? "it is empty|it is no gzip file" : "it was cut off");
    }
    Files.write(bundle, flipped(whole));
    assertThat(refused()).containsPattern("damaged|SHA-256");
    Files.write(bundle, Arrays.copyOf(whole, whole.length + 1));
    assertThat(refused()).contains("something is behind its end");
    Files.write(bundle, "a text, and no archive".getBytes(UTF));
    assertThat(refused()).contains("it is no gzip file");
    BundleFile.gzip(
        bundle, "a text that was compressed, and no archive. ".repeat(40).getBytes(UTF));
    assertThat(refused()).contains("it is damaged");
    BundleFile.gzip(bundle, new byte[0]);
    assertThat(refused()).contains("it is no bundle: it does not begin with manifest.json");
  }

  @Test
  void namesThatLeadOutLinksAndTwinsAreRefused() throws Exception {
    String journal = run + "/runs/" + run + "/trace.jsonl";
    for (String name :
        List.of("../out", run + "/../../out", "/etc/passwd", run + "//x", run + "/./x")) {
      BundleFile.of(files).add(name, new byte[1]).write(bundle);
      assertThat(refused()).contains("its name leads out of the bundle");
    }
    BundleFile.of(files).link(run + "/link", "/etc/passwd").write(bundle);
    assertThat(refused()).contains("link: it is a link, a directory or a device");
    BundleFile.of(files).add(run + "/directory/", new byte[0]).write(bundle);
    assertThat(refused()).contains("wrong");
    BundleFile.of(files).add(journal, files.get(journal)).write(bundle);
    assertThat(refused()).contains("trace.jsonl: it is there twice");
    BundleFile.of(files)
        .add("other/" + journal.substring(run.length() + 1), new byte[1])
        .write(bundle);
    assertThat(refused()).contains("trace.jsonl: the manifest does not name it");
    assertThat(temp.resolve("out")).doesNotExist();
  }

  /** Sizes that would not fit into the memory take none, in a file of a few MiB. */
  @Test
  void hugeFilesAndHeadersTakeNoMemory() throws Exception {
    long huge = 600L << 20;
    BundleFile.of(files).write(bundle, run + "/huge", TarConstants.LF_NORMAL, 1 << 20);
    assertThat(refused()).contains("huge: the manifest does not name it");
    for (byte type :
        new byte[] {TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC}) {
      BundleFile.of(files).write(bundle, run + "/name", type, huge);
      assertThat(refused()).containsPattern("it is damaged: .*|it is no bundle");
    }
    new BundleFile().write(bundle, run + "/manifest.json", TarConstants.LF_NORMAL, 64 << 20);
    assertThat(refused()).contains("manifest.json: it has more than 16777216 bytes");
  }

  @Test
  void whatANewerVersionWroteIsLeftToIt() throws Exception {
    Map<String, byte[]> newer = new TreeMap<>(files);
    String manifest = text(files.get(run + "/manifest.json"));
    newer.put(
        run + "/manifest.json", manifest.replaceFirst("\"v\" : 1", "\"v\" : 2").getBytes(UTF));
    BundleFile.of(newer).write(bundle);

    Project.Result result = project.conductor("verify", "b.tar.gz");

    assertThat(result.code()).isEqualTo(Exit.BROKEN);
    assertThat(result.err())
        .contains(
            "manifest.json is of format 2, this version knows up to 1; use a newer conductor");
    newer.put(run + "/manifest.json", "{\"v\":1}".getBytes(UTF));
    assertThat(refused(newer)).contains("manifest.json: line 1: cannot be read: 'run' is missing");
  }

  private String wrong() {
    Project.Result result = project.conductor("verify", run, "--json");
    assertThat(result.code()).as(result.out()).isEqualTo(Exit.FAILED);
    return result.json().path("wrong").toString();
  }

  /** Law 10: what is looked through stays as it is. */
  @Test
  void theRecordsOfARunAreLookedThrough() throws Exception {
    String before = project.sh("find state -type f ! -name '*.lock' | sort | xargs sha256sum");
    assertThat(project.conductor("verify", "parent").ok().out())
        .contains(run + ": whole, ", "and 1 that it started; formats: bundle 1, journal 1");
    assertThat(project.sh("find state -type f ! -name '*.lock' | sort | xargs sha256sum"))
        .isEqualTo(before);

    Path root = project.state.run(run).root();
    for (String damage :
        List.of(
            "trace.jsonl|sed -i '4s/\"n\":4/\"n\":5/' trace.jsonl|line 4: the line is not",
            "trace.jsonl|sed -i '$d' trace.jsonl|it is cut off: meta.json says that the run is done",
            "trace.jsonl|rm trace.jsonl|it is gone",
            "source/main.groovy|echo >> source/main.groovy|it is not what the run began with",
            "blobs|for b in blobs/*; do echo >> $b; done|it is not what was stored",
            "blobs|rm -r blobs|it is gone, and the journal names it",
            "meta.json|echo '{\"v\":2}' > meta.json|it is of format 2, this version knows up to 1",
            "meta.json|echo '{\"v\":1}' > meta.json|cannot be read",
            "agents/impl.json|echo '[' > agents/impl.json|cannot be read")) {
      String[] parts = damage.split("\\|");
      project.sh("cp -a %s kept".formatted(root));
      project.sh(root, parts[1]);
      assertThat(wrong()).as(damage).contains(parts[0], parts[2]);
      project.sh("rm -r %1$s; mv kept %1$s".formatted(root));
    }
    project.conductor("verify", run).ok();
    assertThat(project.conductor("verify", "wf-none").code()).isEqualTo(Exit.USAGE);
  }
}
