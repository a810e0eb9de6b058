package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Law 12: what is in the user's checkout outlives kills, resumes, forks and every removal. */
@Timeout(120)
class KeptCheckoutTest {

  private static final String AGENT =
      """
      p=$(cat); echo $$ > ROOT/pid; echo "$p" >> $LEDGER; echo begun > turn.txt
      case "$p" in slow*) until [ -e ROOT/finish ]; do sleep 0.1; done;; esac
      echo ended >> turn.txt; echo said "$p"
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.agent(AGENT.replace("ROOT", temp.toString()));
    project.sh(
        project.repo,
        "echo mine > own.txt; echo staged > staged.txt; git add staged.txt; echo more >> README.md");
  }

  /** The user's files, index and commits. */
  private String files() throws Exception {
    return project.sh(
        project.repo,
        "find . -path ./.git -prune -o ! -type d -print | sort | xargs -d '\n' sha256sum; sha256sum .git/index; git rev-parse HEAD; git symbolic-ref HEAD");
  }

  private Process slowRun() throws Exception {
    Path flow =
        project.file(
            "slow.groovy",
            "def env = yield Checkout()\nreturn yield RunAgent(env, 'slow', name: 'first')");
    Process process = project.start("run", flow.toString());
    Project.await(project.ledger, process::isAlive);
    return process;
  }

  @Test
  void aTurnThatOutlivesTheHostGoesOnBesideWhatTheUserDoes() throws Exception {
    slowRun().destroyForcibly().waitFor();
    project.sh(project.repo, "echo meanwhile >> own.txt; git commit -qam 'Mine, meanwhile'");
    project.sh("touch finish");

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("said slow\n");

    assertThat(project.ledger()).containsExactly("slow");
    assertThat(Files.readString(project.repo.resolve("own.txt"))).isEqualTo("mine\nmeanwhile\n");
    assertThat(Files.readString(project.repo.resolve("turn.txt"))).isEqualTo("begun\nended\n");
    assertThat(project.sh(project.repo, "git log -1 --format=%s")).isEqualTo("Mine, meanwhile");
  }

  /** The turn of an agent that is gone with its host is tried again upon the files as they are. */
  @Test
  void aTurnThatIsTriedAgainFindsTheFilesAsTheyAre() throws Exception {
    Process process = slowRun();
    process.destroyForcibly().waitFor();
    project.sh("kill -9 $(cat pid)");
    project.sh(project.repo, "echo meanwhile >> own.txt; echo half > turn.txt");
    project.sh("touch finish");
    String before = files();

    Project.Result resumed = project.conductor("resume", project.onlyRun());

    assertThat(resumed.ok().out()).startsWith("said You were interrupted");
    assertThat(files().lines().filter(line -> !line.contains("turn.txt")))
        .containsExactlyElementsOf(
            before.lines().filter(line -> !line.contains("turn.txt")).toList());
  }

  @Test
  void aCheckoutThatIsGoneIsNotMadeAgain() throws Exception {
    Path plain = Files.createDirectory(temp.resolve("plain"));
    Path flow =
        project.file(
            "flow.groovy",
            "def env = yield Checkout()\nyield Exec('test -e %s/go', check: true)\nreturn yield RunAgent(env, 'x')"
                .formatted(temp));
    assertThat(project.conductorIn(plain, "run", flow.toString()).code()).isOne();
    Files.delete(plain);
    project.sh("touch go");

    Project.Result resumed = project.conductor("resume", project.onlyRun());

    assertThat(resumed.code()).isOne();
    assertThat(resumed.err())
        .contains("the checkout " + plain + " is gone; only you can bring it back")
        .doesNotContain("\tat ");
    assertThat(plain).doesNotExist();
  }

  @Test
  void everyRemovalLeavesEveryFile() throws Exception {
    project
        .flow(
            """
            def env = yield Checkout()
            yield CreateWorktree(name: 'w')
            yield RunAgent(env, 'a')
            yield WriteFile(env, 'own.txt', 'rewritten')
            return env.path
            """)
        .ok();
    String run = project.onlyRun();
    String before = files();
    assertThat(project.sh(project.repo, "git for-each-ref refs/conductor/ --format='%(refname)'"))
        .contains("/w-" + run)
        .doesNotContain("checkout");

    for (String name : new String[] {run + ":checkout", run + ":"}) {
      Project.Result deleted = project.conductor("env", "delete", "--force", name);
      assertThat(deleted.code()).isEqualTo(Exit.USAGE);
      assertThat(deleted.err()).contains(name);
    }
    assertThat(project.conductor("env", "delete", run + ":checkout").err())
        .contains("your own checkout");
    project.conductor("env", "cleanup", "--force").ok();
    project.conductor("gc", "--older-than", "0s").ok();
    project.conductor("rm", "--force", run);

    assertThat(project.conductor("ps").ok().out()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aForkWorksInTheSameCheckout() throws Exception {
    project
        .flow(
            """
            def env = yield Checkout()
            def made = yield CreateWorktree(name: 'w')
            yield RunAgent(env, 'a')
            yield Exec('cat turn.txt >> ../turns', env: env)
            return [env.id, env.path, made.id]
            """)
        .ok();
    String run = project.onlyRun();
    String before = files();

    Project.Result forked = project.conductor("fork", run, "--at", "4");

    String fork = project.conductor("ps", "--json").json().get(0).path("id").asString();
    assertThat(fork).isNotEqualTo(run);
    assertThat(forked.ok().out())
        .isEqualTo("[\"%s:checkout\",\"%s\",\"w-%s\"]\n".formatted(fork, project.repo, fork));
    assertThat(project.ledger()).containsExactly("a");
    assertThat(temp.resolve("turns")).hasContent("begun\nended\nbegun\nended\n");
    assertThat(files()).isEqualTo(before);
  }
}
