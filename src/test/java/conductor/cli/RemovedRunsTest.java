package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.run.record.Ownership;
import conductor.state.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Missing 8 of a newcomer: {@code rm}, {@code gc} and {@code export}. */
@Timeout(120)
class RemovedRunsTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private String refs() throws Exception {
    return project.sh(project.repo, "git for-each-ref --format='%(refname)' refs/conductor/");
  }

  private String worked() throws Exception {
    project
        .flow("def e = yield CreateWorktree(name: 'w')\nyield WriteFile(e, 'a', 'b')", "--name=x")
        .ok();
    return project.onlyRun();
  }

  @Test
  void aRunWithAWorktreeStaysUntilTheWorktreeIsGone() throws Exception {
    String run = worked();
    assertThat(refs()).contains("refs/conductor/" + run + "/");

    Project.Result kept = project.conductor("rm", "x");
    assertThat(kept.code()).isEqualTo(Exit.USAGE);
    assertThat(kept.err())
        .contains(run + " is kept: its worktree w-" + run, "conductor env delete");
    project.conductor("show", "x").ok();

    project.conductor("env", "delete", "w-" + run, "--force").ok();
    assertThat(project.conductor("rm", "x").ok().out()).isEqualTo(run + "  removed\n");
    assertThat(project.conductor("ps").ok().out()).isEmpty();
    assertThat(project.conductor("show", "x").code()).isEqualTo(Exit.USAGE);
    assertThat(refs())
        .doesNotContain("refs/conductor/" + run + "/")
        .contains("refs/conductor/trash");
    assertThat(FileTree.in(project.state.removed())).isEmpty();
    assertThat(FileTree.in(project.state.names())).isEmpty();
    assertThat(project.conductor("rm", run).code()).isEqualTo(Exit.USAGE);
    project.conductor("doctor", "--state").ok();
  }

  @Test
  void whatCanBeResumedStaysUnlessForced() throws Exception {
    project.flow("yield Ask('go on?')", "--no-wait");
    String asks = project.onlyRun();
    project.flow("yield Exec('false', check: true)", "--name", "failed");

    assertThat(project.conductor("rm", asks, "failed").err())
        .contains(asks + " is kept: it is blocked", "conductor stop " + asks)
        .contains("it failed and can be resumed", "conductor rm --force");
    assertThat(project.conductor("ps").out()).hasLineCount(2);
    try (var _ = Ownership.take(project.state.run(asks), InstantSource.system())) {
      assertThat(project.conductor("rm", "--force", asks).err()).contains("is executed by process");
    }
    assertThat(project.conductor("rm", "--force", asks, "failed").ok().out()).hasLineCount(2);
    assertThat(project.conductor("ps").out()).isEmpty();
  }

  @Test
  void forceTakesTheWorktreesTooAndKeepsTheirWorkInGit() throws Exception {
    String run = worked();

    project.conductor("rm", "--force", run).ok();

    assertThat(project.conductor("env", "list").ok().out()).isEmpty();
    assertThat(refs()).startsWith("refs/conductor/trash/w-" + run);
  }

  /** What was killed on the way is not listed, and goes with the next removal. */
  @Test
  void aRemovalThatWasKilledIsFinishedByTheNext() throws Exception {
    String run = worked();
    project.conductor("env", "delete", "w-" + run, "--force").ok();
    Files.createDirectories(project.state.removed());
    Files.move(project.state.run(run).root(), project.state.removed().resolve(run));
    assertThat(project.conductor("ps").ok().out()).isEmpty();
    assertThat(project.conductor("show", "x").code()).isEqualTo(Exit.USAGE);

    project.conductor("gc", "--older-than", "0s").ok();

    assertThat(FileTree.in(project.state.removed())).isEmpty();
    assertThat(refs()).doesNotContain("refs/conductor/" + run + "/");
    assertThat(FileTree.in(project.state.names())).isEmpty();
  }

  @Test
  void ofSeveralRemovalsAtOnceOneRemovesAndNoneBreaks() throws Exception {
    project.flow("1").ok();
    String run = project.onlyRun();
    try (var threads = Executors.newFixedThreadPool(4)) {
      var all =
          threads.invokeAll(
              IntStream.range(0, 4)
                  .<java.util.concurrent.Callable<Project.Result>>mapToObj(
                      _ -> () -> project.conductor("rm", run))
                  .toList());
      int removed = 0;
      for (var one : all) {
        assertThat(one.get().code()).as(one.get().err()).isIn(Exit.OK, Exit.USAGE);
        removed += one.get().code() == Exit.OK ? 1 : 0;
      }
      assertThat(removed).isOne();
    }
    assertThat(FileTree.in(project.state.workflows())).isEmpty();
  }

  @Test
  void whatEndedLongAgoIsCollectedButNotWhatAnotherRunNeeds() throws Exception {
    project.file("child.groovy", "return 1");
    project.flow(
        "yield RunWorkflow('%s/child.groovy')\nyield Exec('false', check: true)".formatted(temp));
    project.flow("2").ok();

    assertThat(project.conductor("gc", "--older-than", "7d").ok().out()).isEmpty();
    String said = project.conductor("gc", "--older-than", "0s", "--dry-run").ok().out();
    assertThat(said)
        .hasLineCount(3)
        .containsOnlyOnce("would be removed")
        .contains("kept: it failed and can be resumed", "started it, is error and needs it");
    assertThat(project.conductor("ps").out()).hasLineCount(3);

    assertThat(project.conductor("gc", "--older-than", "PT0S").ok().out())
        .isEqualTo(said.replace("would be removed", "removed"));
    assertThat(project.conductor("ps").out()).hasLineCount(2);
    assertThat(project.conductor("gc").code()).isEqualTo(Exit.USAGE);
    assertThat(project.conductor("gc", "--older-than", "soon").err()).contains("--older-than");
  }

  private static Map<String, String> files(Path archive) throws IOException {
    var files = new TreeMap<String, String>();
    try (var zip = new ZipFile(archive.toFile())) {
      for (var entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        files.put(entry.getName(), new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  /** What became a secret since is replaced too, and the journal's lines stay whole. */
  @Test
  void aRunIsExportedWithoutSecrets() throws Exception {
    project.flow("yield Exec('echo s3cret-of-the-shop')").ok();
    String run = project.onlyRun();
    project.environment.put("SHOP_TOKEN", "s3cret-of-the-shop");

    assertThat(project.conductor("export", run).ok().out())
        .isEqualTo(project.repo.resolve(run + ".zip") + "\n");

    Map<String, String> files = files(project.repo.resolve(run + ".zip"));
    assertThat(files.keySet())
        .contains(run + "/meta.json", run + "/trace.jsonl", run + "/source/main.groovy")
        .noneMatch(name -> name.contains("owner"));
    assertThat(files.values()).noneMatch(text -> text.contains("s3cret-of-the-shop"));
    assertThat(files.get(run + "/trace.jsonl")).contains("***SHOP_TOKEN***");
    Path copy = temp.resolve("trace.jsonl");
    Files.writeString(copy, files.get(run + "/trace.jsonl"));
    assertThat(conductor.journal.JournalFile.read(copy).entries()).hasSizeGreaterThan(4);
    assertThat(project.conductor("export", run, "-o", "none/x.zip").code()).isEqualTo(Exit.USAGE);
    assertThat(project.sh(project.repo, "ls -a")).doesNotContain("." + run);
  }
}
