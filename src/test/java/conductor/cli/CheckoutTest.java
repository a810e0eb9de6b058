package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effect {@code Checkout}: agents work on what the user has, and conductor changes nothing. */
@Timeout(120)
class CheckoutTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.sh(
        project.repo,
        "echo mine > own.txt; echo staged > staged.txt; git add staged.txt; echo more >> README.md");
  }

  /** All of the checkout, with its index, branches, objects and settings. */
  private String everything() throws Exception {
    return project.sh(project.repo, "find . ! -type d | sort | xargs -d '\\n' sha256sum");
  }

  private String added(String before) throws Exception {
    return everything()
        .lines()
        .filter(line -> before.lines().noneMatch(line::equals))
        .map(line -> line.replaceFirst("^\\w+ +", ""))
        .sorted()
        .reduce("", (all, line) -> all + line + " ");
  }

  @Test
  void anAgentWorksBesideWhatTheUserHasNotCommitted() throws Exception {
    String before = everything();

    Project.Result result =
        project.flow(
            """
            def env = yield Checkout()
            yield RunAgent(env: env, prompt: 'go on')
            yield WriteFile(env, 'notes/a.txt', 'noted')
            def seen = yield Exec('git status --short', env: env)
            def facts = yield Verify(env, command: 'test -e done.txt')
            return [env.branch, env.checkout, yield(ReadFile(env, 'own.txt')).trim(), seen.output, yield(Diff(env, names: true)), facts.clean, facts.ahead]
            """);

    assertThat(result.ok().out())
        .isEqualTo(
            "[\"main\",true,\"mine\",\" M README.md\\nA  staged.txt\\n?? done.txt\\n?? notes/\\n?? own.txt\\n\",\"README.md\\ndone.txt\\nnotes/a.txt\\nown.txt\\nstaged.txt\\n\",false,0]\n");
    assertThat(result.err()).contains("repo, main at ");
    assertThat(added(before)).isEqualTo("./done.txt ./notes/a.txt ");
    assertThat(project.sh(project.repo, "git worktree list")).hasLineCount(1);
    String run = project.onlyRun();
    assertThat(project.conductor("show", run).ok().out())
        .contains(run + ":checkout", "your own checkout")
        .doesNotContain("removed");
    assertThat(project.conductor("env", "list").ok().out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Commit(env, 'message')",
        "Push(env)",
        "CreatePR(env, 'title')",
        "MergeBranches([env])",
        "MergeBranches([yield(CreateWorktree()), env])",
        "DeleteWorktree(env)",
        "DeleteWorktree(env, force: true)"
      })
  void whatConductorDoesByItselfNeedsAWorktree(String effect) throws Exception {
    String before = everything();
    String script =
        """
        def env = yield Checkout()
        def t = yield Try { yield %s }
        return t.failure.class.simpleName + ' ' + t.failure.effect + ' ' + t.failure.message
        """
            .formatted(effect);

    assertThat(project.flow(script).ok().out())
        .startsWith("NeedsWorktree " + effect.replaceAll("\\W.*", "") + " ")
        .contains(project.repo + " is your own checkout", "CreateWorktree");

    assertThat(added(before).replaceAll("\\./\\.git/\\S+ ", "")).isEmpty();
    Path bare = project.file("bare.groovy", "def env = yield Checkout()\nyield " + effect);
    Project.Result plan = project.conductor("plan", bare.toString());
    assertThat(plan.out() + plan.err())
        .contains("NeedsWorktree: ", project.repo + " is your own checkout")
        .contains("ok checkout: " + project.repo + ", main at ", "a run could not work")
        .doesNotContain("would leave this machine");
    assertThat(plan.code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void gitsOwnFilesAreNotWritten() throws Exception {
    project.sh(project.repo, "git init -q inner");
    String before = everything();

    Project.Result result =
        project.flow(
            """
            def env = yield Checkout()
            return ['.git/config', '.git/hooks/post-commit', 'inner/.git/config', '../x'].collect {
              def t = yield Try(WriteFile(env, it, 'x'))
              t.failure.class.simpleName
            }
            """);

    assertThat(result.ok().out())
        .isEqualTo("[\"NotText\",\"NotText\",\"NotText\",\"OutsideWorktree\"]\n");
    assertThat(added(before)).isEmpty();
  }

  /** A lock of the user's git, and a branch that the user left, stay as they are. */
  @Test
  void verifyingMendsNothing() throws Exception {
    project.sh(project.repo, "touch .git/index.lock; git branch other");
    String before = everything();

    Project.Result result =
        project.flow(
            """
            def env = yield Checkout()
            def first = yield Verify(env)
            yield Exec('git symbolic-ref HEAD refs/heads/other; git commit-tree -m x HEAD^{tree} -p HEAD > id; git update-ref HEAD $(cat id); rm id', env: env)
            def t = yield Try(Verify(env))
            yield Exec('git symbolic-ref HEAD refs/heads/main; git branch -D other; git branch other', env: env)
            return [first.clean, t.failure.message]
            """);

    assertThat(result.ok().out())
        .contains("false", "another branch than 'main' is checked out", "check it out again");
    assertThat(added(before)).doesNotContain("index", "refs/heads/main");
    assertThat(Files.exists(project.repo.resolve(".git/index.lock"))).isTrue();
  }

  /** A file beside the checkout that is called as those beside worktrees are is the user's. */
  @Test
  void whatIsBesideTheCheckoutIsNobodysBusiness() throws Exception {
    project.file("repo.ignore", "*.txt\n");

    Project.Result result =
        project.flow(
            """
            def env = yield Checkout()
            yield RunAgent(env, 'x')
            return yield(Exec('git status --short; env', env: env)).output + yield(Exec('env')).output
            """);

    assertThat(result.ok().out())
        .contains("?? done.txt", "?? own.txt")
        .doesNotContain("excludesFile");
    assertThat(project.sh("ls")).doesNotContain("writing");
  }

  @Test
  void aJavaWorkflowUsesTheCheckoutToo() throws Exception {
    Path flow =
        project.file(
            "flow.jsh",
            """
            var env = perform(Checkout());
            perform(RunAgent(env, "go on"));
            String failure = "";
            try {
              perform(Commit(env, "x"));
            } catch (GitFailure.NeedsWorktree e) {
              failure = e.effect;
            }
            perform(ReadFile(env, "done.txt")) + failure
            """);

    assertThat(project.conductor("run", flow.toString()).ok().out()).isEqualTo("go onCommit\n");
  }

  @Test
  void aPlanNamesTheCheckout() throws Exception {
    Path flow =
        project.file(
            "flow.groovy", "def env = yield Checkout()\nyield RunAgent(env: env, prompt: 'go on')");

    assertThat(project.conductor("plan", flow.toString()).ok().out())
        .contains("your own checkout", "agent in your own checkout: go on");
  }
}
