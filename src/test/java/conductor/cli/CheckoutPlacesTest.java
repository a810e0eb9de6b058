package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code Checkout} lets agents in: worktrees of the user's, plain directories, no others. */
@Timeout(120)
class CheckoutPlacesTest {

  private static final String WHERE =
      """
      def t = yield Try(Checkout())
      return t.ok() ? "${t.value.path} ${t.value.branch} ${t.value.repo}" : t.failure.class.simpleName + ' ' + t.failure.message
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private String where(Path directory) throws Exception {
    Path flow = project.file("where.groovy", WHERE);
    return project.conductorIn(directory, "run", flow.toString()).ok().out().strip();
  }

  /** What a plan says of a checkout there. */
  private String planned(Path directory) throws Exception {
    Path flow = project.file("planned.groovy", "yield Checkout()");
    Project.Result plan = project.conductorIn(directory, "plan", flow.toString());
    assertThat(plan.code()).as(plan.out() + plan.err()).isEqualTo(Exit.USAGE);
    assertThat(plan.out()).endsWith("a run could not work\n");
    return plan.out()
        .lines()
        .filter(line -> line.startsWith("  !! checkout: "))
        .findFirst()
        .orElse("");
  }

  private Path directory(String name) throws Exception {
    return Files.createDirectories(temp.resolve(name));
  }

  @Test
  void outsideOfGitAnAgentWorksInTheDirectory() throws Exception {
    Path plain = directory("plain");
    Files.writeString(plain.resolve("own.txt"), "mine");
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield Checkout()
            yield RunAgent(env, 'go on')
            yield WriteFile(env, 'notes/a.txt', 'noted')
            def kept = yield SaveArtifact(env, 'done.txt')
            def said = [env.branch, yield(Exec('cat own.txt', env: env)).output, yield(Exec("cat ${kept}", env: env)).output, yield(ReadFile(env, 'notes/a.txt'))]
            for (effect in [Diff(env), Verify(env), Commit(env, 'x'), Push(env), CreatePR(env, 'x'), MergeBranches([env]), DeleteWorktree(env)]) {
              said << yield(Try(effect)).failure.class.simpleName
            }
            return said.join(' ')
            """);

    Project.Result result = project.conductorIn(plain, "run", flow.toString());

    assertThat(result.ok().out())
        .isEqualTo(
            " mine go on noted NotARepository NotARepository NeedsWorktree NeedsWorktree NeedsWorktree NeedsWorktree NeedsWorktree\n");
    assertThat(result.err())
        .contains(plain + " is in no git repository")
        .doesNotContain("not kept");
    assertThat(project.sh(plain, "find . -type f | sort"))
        .isEqualTo("./done.txt\n./notes/a.txt\n./own.txt");
    String run = project.onlyRun();
    project.conductor("report", run, "-o", temp.resolve("report.html").toString()).ok();
    assertThat(Files.readString(temp.resolve("report.html"))).contains("is in no git repository");
    assertThat(project.conductorIn(plain, "plan", flow.toString()).ok().out())
        .contains("your own checkout", "ok checkout: " + plain + " is in no git repository");
    Path compares = project.file("compares.groovy", "yield Diff(yield(Checkout()))");
    assertThat(project.conductorIn(plain, "plan", compares.toString()).out())
        .contains("NotARepository: " + plain + " is in no git repository");
    project.conductor("rm", run).ok();
    assertThat(Files.readString(plain.resolve("own.txt"))).isEqualTo("mine");
  }

  @Test
  void theCheckoutIsTheOneThatTheRunWasStartedIn() throws Exception {
    Path sub = Files.createDirectory(project.repo.resolve("src"));
    Path linked = temp.resolve("linked");
    project.sh(project.repo, "git worktree add -q -b other ../linked");
    project.sh(
        project.repo,
        "git -c protocol.file.allow=always submodule --quiet add -b main ../origin.git sub 2> /dev/null");
    project.sh("ln -s repo link; git clone -q origin.git detached");
    project.sh(temp.resolve("detached"), "git checkout -q --detach");

    Path repo = project.repo;
    assertThat(where(sub)).isEqualTo(repo + " main " + repo);
    assertThat(where(temp.resolve("link"))).isEqualTo(repo + " main " + repo);
    assertThat(where(linked)).isEqualTo(linked + " other " + repo);
    Path module = repo.resolve("sub");
    assertThat(where(module)).isEqualTo(module + " main " + module);
    Path detached = temp.resolve("detached");
    assertThat(where(detached)).isEqualTo(detached + " HEAD " + detached);
    assertThat(
            project
                .conductorIn(
                    detached,
                    "run",
                    project
                        .file(
                            "verify.groovy",
                            "return (yield Verify(yield(Checkout()), clean: true)).clean")
                        .toString())
                .ok()
                .out())
        .isEqualTo("true\n");
  }

  @Test
  void whatHoldsMoreThanAProjectIsRefused() throws Exception {
    Path home = temp.resolve("home");

    assertThat(planned(Path.of("/"))).contains("file system");
    assertThat(planned(home)).contains(home.toString(), "your home is in it");
    assertThat(where(Path.of("/"))).startsWith("UnusableCheckout / ").contains("file system");
    assertThat(where(home)).startsWith("UnusableCheckout " + home).contains("your home is in it");
    assertThat(where(temp)).startsWith("UnusableCheckout " + temp).contains("your home is in it");
    project.sh(home, "git init -q; git add -A; git commit -qm dotfiles");
    assertThat(where(directory("home/notes")))
        .startsWith("UnusableCheckout " + home)
        .contains("your home is in it");
  }

  @Test
  void conductorsOwnDirectoriesAreRefused() throws Exception {
    project.flow("yield CreateWorktree(name: 'w')").ok();
    Path worktree = Path.of(project.conductor("env", "path", "w-").ok().out().strip());
    assertThat(where(worktree)).startsWith("UnusableCheckout " + worktree);
    assertThat(planned(worktree)).contains("one of conductor's own directories");
    assertThat(where(project.state.root())).contains("one of conductor's own directories");

    Path outer = directory("outer");
    Path flow = project.file("where.groovy", WHERE);
    project.environment.put("CONDUCTOR_STATE_DIR", outer.resolve("state").toString());
    Project.Result held = project.conductorIn(outer, "run", flow.toString());
    assertThat(held.ok().out())
        .startsWith("UnusableCheckout " + outer)
        .contains("keeps its own records in it", "--state-dir");
  }

  @Test
  void aRepositoryThatCannotBeUsedIsNoPlainDirectory() throws Exception {
    Path broken = directory("broken");
    Files.writeString(broken.resolve(".git"), "gitdir: /nowhere/at/all\n");
    Path empty = directory("empty");
    project.sh(empty, "git init -q");

    assertThat(planned(project.origin)).contains("bare repository");
    assertThat(planned(empty)).contains(empty + " is in a repository without a commit");
    assertThat(where(project.origin)).startsWith("NotARepository").contains("bare repository");
    assertThat(where(project.repo.resolve(".git"))).startsWith("NotARepository");
    assertThat(where(broken)).startsWith("NotARepository " + broken).contains("/nowhere/at/all");
    assertThat(where(empty)).startsWith("NotARepository " + empty).contains("without a commit");
  }

  @Test
  void aDirectoryThatIsGoneOrClosedIsRefused() throws Exception {
    Path gone = directory("gone");
    Path flow = project.file("flow.groovy", "yield Exec('rmdir $PWD')\n" + WHERE);
    assertThat(project.conductorIn(gone, "run", flow.toString()).ok().out())
        .startsWith("UnusableCheckout " + gone)
        .contains("it is gone");

    Path closed = directory("closed");
    project.sh("chmod 000 closed");
    try {
      assumeThat(Files.isReadable(closed)).as("root may read all").isFalse();
      assertThat(where(closed)).startsWith("UnusableCheckout " + closed).contains("may not read");
    } finally {
      project.sh("chmod 700 closed");
    }
  }
}
