package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bundle}; what {@code verify} says of its files is in {@link VerifyTest}. */
@Timeout(180)
class BundleTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  /** A run with an agent, a large value, a saved file and a child; returns its id. */
  static String worked(Project project) throws Exception {
    project.file("child.groovy", "return yield Put('k', 'child')");
    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'w')
            yield RunAgent(env, 'go', name: 'impl')
            yield WriteFile(env, 'big.txt', 's3cret-of-the-shop ' * 3000)
            yield SaveArtifact(env, 'big.txt')
            yield RunWorkflow('%s/child.groovy')
            return 'done'
            """
                .formatted(project.root),
            "--name=parent")
        .ok();
    return project.conductor("show", "parent", "--json").ok().json().path("id").asString();
  }

  private Map<String, byte[]> bundled(String run, String name) throws IOException {
    project.conductor("bundle", run, "-o", name).ok();
    return BundleFile.files(project.repo.resolve(name));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void aRunIsOneFileThatHoldsAllOfItAndOfTheRunsThatItStarted() throws Exception {
    String run = worked(project);

    assertThat(project.conductor("bundle", run).ok().out())
        .isEqualTo(project.repo.resolve(run + ".tar.gz") + "\n");

    Path file = project.repo.resolve(run + ".tar.gz");
    Map<String, byte[]> files = BundleFile.files(file);
    String records = run + "/runs/" + run + "/";
    assertThat(files.keySet())
        .contains(records + "meta.json", records + "trace.jsonl", records + "source/main.groovy")
        .contains(records + "agents/impl.json", records + "artifacts/big.txt")
        .contains(run + "/reports/" + run + ".html")
        .anyMatch(name -> name.startsWith(records + "blobs/"))
        .anyMatch(name -> name.startsWith(records + "agents/impl/"))
        .noneMatch(name -> name.contains("owner"));
    assertThat(files.keySet().stream().filter(name -> name.endsWith("/trace.jsonl"))).hasSize(2);
    var names = new ArrayList<>(files.keySet());
    assertThat(names.removeFirst()).isEqualTo(run + "/manifest.json");
    assertThat(names).isSorted();
    assertThat(text(files.get(run + "/reports/" + run + ".html"))).contains("<html", "impl");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(project.sh(project.repo, "tar -tvzf %s.tar.gz".formatted(run)))
        .hasLineCount(files.size())
        .contains("-rw------- 0/0", "1970-01-01");
    assertThat(project.sh(project.repo, "ls -a")).doesNotContain("." + run);
  }

  @Test
  void aRunAtRestGivesTheSameBytesEachTime() throws Exception {
    String run = worked(project);

    bundled(run, "one.tar.gz");
    project.environment.put("TZ", "Asia/Tokyo");
    bundled(run, "two.tar.gz");

    assertThat(project.repo.resolve("one.tar.gz"))
        .hasSameBinaryContentAs(project.repo.resolve("two.tar.gz"));
  }

  @Test
  void secretsAreReplacedAndTheManifestSaysWhere() throws Exception {
    String run = worked(project);
    project.environment.put("SHOP_TOKEN", "s3cret-of-the-shop");

    var written = project.conductor("bundle", run, "-o", "b.tar.gz", "--json").ok().json();

    assertThat(written.path("redacted").get(0).asString()).isEqualTo("SHOP_TOKEN");
    Map<String, byte[]> files = BundleFile.files(project.repo.resolve("b.tar.gz"));
    assertThat(files.values())
        .noneMatch(bytes -> text(bytes).contains("s3cret-of-the-shop"))
        .anyMatch(bytes -> text(bytes).contains("***SHOP_TOKEN***"));
    assertThat(text(files.get(run + "/manifest.json")))
        .contains("\"redacted\" : [ \"SHOP_TOKEN\" ]", "\"journal\" : 1");
    project.conductor("verify", "b.tar.gz").ok();
  }

  /** The journal is taken first, and cut at its last whole line: all is there that it names. */
  @Test
  void aRunThatGoesOnIsBundledAsItIsAtAMoment() throws Exception {
    Path begun = temp.resolve("begun");
    Path flow =
        project.file(
            "flow.groovy",
            """
            yield Exec('echo 1 > %s')
            for (i in 1..150) { yield Put('k' + i, ('v' + i) * 9000) }
            """
                .formatted(begun));
    Process process = project.start("run", flow.toString());
    Project.await(begun, process::isAlive);
    String run = project.onlyRun();
    int bundles = 0;
    do {
      project.conductor("bundle", run, "-o", "b.tar.gz").ok();
      Project.Result verified = project.conductor("verify", "b.tar.gz");
      assertThat(verified.code()).as(verified.out()).isZero();
      assertThat(project.conductor("verify", run).code()).isZero();
      bundles++;
    } while (process.isAlive() && bundles < 5);
    assertThat(process.waitFor()).isZero();
    project.conductor("bundle", run, "-o", "b.tar.gz").ok();
    assertThat(project.conductor("verify", "b.tar.gz").ok().out()).contains("whole");
  }

  @Test
  void aDamagedRunIsBundledAndSaysSo() throws Exception {
    String run = worked(project);
    Path root = project.state.run(run).root();
    project.sh("sed -i '3s/\"n\":3/\"n\":4/' " + root.resolve("trace.jsonl"));
    project.sh("rm " + root.resolve("source/run.json") + "; echo x > " + root + "/meta.json");
    project.sh("ln -s /etc/passwd " + root.resolve("artifacts/link"));

    Project.Result bundle = project.conductor("bundle", run, "-o", "b.tar.gz", "--json");

    assertThat(bundle.code()).isEqualTo(Exit.FAILED);
    assertThat(bundle.json().path("wrong").toString())
        .contains("trace.jsonl\",\"wrong\":\"line 3: the line is not what was written")
        .contains("source/run.json\",\"wrong\":\"it is gone")
        .contains("meta.json\",\"wrong\":\"line 1: cannot be read");
    assertThat(bundle.json().path("left_out").toString())
        .contains("artifacts/link\",\"why\":\"it is a link or a device")
        .contains("reports/" + run + ".html\",\"why\":\"the journal cannot be read");
    assertThat(BundleFile.files(project.repo.resolve("b.tar.gz")))
        .containsKeys(run + "/runs/" + run + "/trace.jsonl", run + "/runs/" + run + "/meta.json");

    Project.Result verified = project.conductor("verify", "b.tar.gz");
    assertThat(verified.code()).isEqualTo(Exit.FAILED);
    assertThat(verified.out().lines().filter(line -> line.contains("runs/") && line.contains(": ")))
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.contains("it was so when it was bundled") || line.contains("left"));
  }

  @Test
  void aTornTailIsLeftOut() throws Exception {
    String run = worked(project);
    Path journal = project.state.run(run).trace();
    Files.writeString(journal, Files.readString(journal) + "{\"v\":1,\"n\"");

    assertThat(project.conductor("bundle", run, "-o", "b.tar.gz").ok().err())
        .contains("trace.jsonl is left out: its last 10 bytes, which are no whole line");

    assertThat(project.conductor("verify", "b.tar.gz").ok().out()).contains("whole");
    assertThat(project.conductor("verify", run).ok().out()).contains("its last line is not whole");
  }

  /** What is written in vain has a name that begins with a dot, until it is taken away. */
  @Test
  void oneThatIsKilledWhileItWritesLeavesNoHalfFile() throws Exception {
    project.flow("return 1").ok();
    String run = project.onlyRun();
    Path artifacts = project.state.run(run).artifacts();
    project.sh("mkdir -p %1$s; head -c 150M /dev/urandom > %1$s/large".formatted(artifacts));
    Path out = Files.createDirectory(temp.resolve("bundles"));
    Path file = Files.writeString(out.resolve("b.tar.gz"), "an older one");

    for (boolean force : new boolean[] {false, true}) {
      Process process;
      try (var watch = out.getFileSystem().newWatchService()) {
        out.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        process = project.start("bundle", run, "-o", file.toString());
        for (int made = 0; made < 2; ) { // the spool, and then the file itself
          var key = watch.take();
          made += key.pollEvents().size();
          key.reset();
        }
      }
      var _ = force ? process.destroyForcibly() : destroyed(process);
      assertThat(process.waitFor()).isNotZero();
      assertThat(file).hasContent("an older one");
      if (!force) {
        assertThat(names(out)).as("of one that was told to end").containsExactly("b.tar.gz");
      }
    }
    project.conductor("bundle", run, "-o", file.toString()).ok();
    assertThat(project.conductor("verify", file.toString()).ok().out()).contains("whole");
  }

  private static Process destroyed(Process process) {
    process.destroy();
    return process;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void whereNoFileCanBeIsSaid() throws Exception {
    project.flow("return 1").ok();
    String run = project.onlyRun();

    assertThat(project.conductor("bundle", run, "-o", "none/x").code()).isEqualTo(Exit.USAGE);
    assertThat(project.conductor("bundle", "wf-none").code()).isEqualTo(Exit.USAGE);
    Project.Result full = project.conductor("bundle", run, "-o", "/proc/x.tar.gz");
    assertThat(full.code()).isEqualTo(Exit.BROKEN);
    assertThat(full.err()).startsWith("cannot write /proc/x.tar.gz: ");
  }
}
