package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.PatternRun.Outcome;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Scripts of {@code examples/patterns}: each is run undisturbed, and again in a process that is
 * killed at a random record, and comes to the same: laws 2 and 5.
 */
@Order(1)
class PatternOperationsTest extends PatternMachine {
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void twoHundredFilesAreMigratedAFewAtATime() throws Exception {
    String agent =
        """
        file-*)
          file=$(echo "$prompt" | sed -n 's/^Change this file only: //p')
          mkdir -p ROOT/now
          touch ROOT/now/$CONDUCTOR_AGENT
          ls ROOT/now | wc -l >> ROOT/width
          sed -i 's/var/let/' "$file"
          rm ROOT/now/$CONDUCTOR_AGENT
          ;;
        """;
    Project project = project("batch", "");
    project.agent(AGENT.formatted(agent.replace("ROOT", project.root.toString())));
    project.configure(
        Files.readString(project.root.resolve("home/.config/doeff-conductor/config.yaml"))
            + "caps: {agents: 8}\n");
    committed(
        project,
        "mkdir src; for n in $(seq 199); do echo \"var x = $n\" > src/$n.js; done; echo x > 'src/a b.js'");

    var run =
        new PatternRun(
            project,
            "batch_migration",
            "--param=files=*.js",
            "--param=instruction=Use let.",
            "--param=check=grep -q let \"$1\"");
    Outcome outcome = run.killedAt(100 + random.nextInt(900));

    assertThat(outcome.result()).contains("\"migrated\":199", "\"failed\":{\"src/a b.js\":");
    assertThat(outcome.ledger())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 200).mapToObj(n -> "file-" + n).sorted().toList());
    List<String> widths = Files.readAllLines(project.root.resolve("width"));
    assertThat(widths.stream().mapToInt(line -> Integer.parseInt(line.strip())).max().orElse(0))
        .isBetween(2, 4);
    assertThat(
            project.sh(
                "git -C origin.git grep -l let $(git -C origin.git branch --list 'conductor/*') -- src | wc -l"))
        .isEqualTo("199");
  }

  @Test
  void eachDependencyIsUpgradedOrToldOf() throws Exception {
    Outcome outcome =
        both(
            "dependency_upgrade",
            "fix-*) test -e bad.txt || echo adapted > code.txt ;;",
            _ -> {},
            "--param=outdated=printf 'good\\nnew\\nbad\\n'",
            "--param=upgrade=echo \"upgrade $1\" >> ROOT/ledger; echo 2 > $1.txt",
            "--param=test_command=test -e good.txt || test -e code.txt");

    assertThat(outcome.ledger())
        .containsExactly("fix-1", "fix-1-2", "fix-2", "upgrade bad", "upgrade good", "upgrade new");
    assertThat(outcome.pulls()).isEqualTo("open Upgrade good\nopen Upgrade new");
    assertThat(outcome.result()).contains("\"bad\":\"not upgraded: ");
    assertThat(outcome.branches()).contains("README.md code.txt new.txt").doesNotContain("bad");
  }

  @Test
  void whoDoesNotAnswerIsPassedOver() throws Exception {
    Outcome outcome =
        both(
            "approval",
            "",
            PatternMachine::proposed,
            "--param=pr=1",
            "--param=patience=1s",
            "--param=tell=echo \"told $1\" >> ROOT/ledger");

    assertThat(outcome.result()).isEqualTo("nobody answered, the pull request stays open");
    assertThat(outcome.ledger()).containsExactly("told the lead", "told the team");
    assertThat(outcome.pulls()).isEqualTo("open Add a");
  }

  @Test
  void anAnswerThatIsGivenWhileNothingRunsMerges() throws Exception {
    Project project = project("answered", "");
    proposed(project);
    var run = new PatternRun(project, "approval", "--param=pr=1", "--param=patience=1h");
    run.killAtGate();
    project.conductor("answer", run.id(), "yes").ok();

    Outcome outcome = run.resumed();
    assertThat(outcome.result()).isEqualTo("\"merged\"");
    assertThat(outcome.branches()).contains("refs/heads/main 3 README.md a.txt");
  }

  private static final String[] RELEASE = {
    "--param=version=v1",
    "--param=publish=echo \"publish $1\" >> ROOT/ledger",
    "--param=unpublish=echo \"unpublish $1\" >> ROOT/ledger",
  };

  private static String[] release(String announce) {
    return Stream.concat(Stream.of(RELEASE), Stream.of("--param=announce=" + announce))
        .toArray(String[]::new);
  }

  @Test
  void aSagaDoesAllOfIt() throws Exception {
    Outcome outcome = both("saga", "", _ -> {}, release("echo \"announce $1\" >> ROOT/ledger"));

    assertThat(outcome.result()).isEqualTo("v1 is released");
    assertThat(outcome.ledger()).containsExactly("announce v1", "publish v1");
    assertThat(outcome.branches()).contains("refs/tags/v1 1");
  }

  @Test
  void aSagaUndoesWhatWasDone() throws Exception {
    Outcome outcome = both("saga", "", _ -> {}, release("exit 3"));

    assertThat(outcome.result()).contains("exit code 3", "undone: publish, push, tag");
    assertThat(outcome.ledger()).containsExactly("publish v1", "unpublish v1");
    assertThat(outcome.branches()).doesNotContain("tags");
  }

  private static final String LOOK =
      "--param=look=echo look >> ROOT/ledger; test $(wc -l < ROOT/ledger) -ge ";

  @Test
  void aPollLooksUntilItIsThere() throws Exception {
    Outcome outcome =
        both(
            "polling",
            "",
            _ -> {},
            LOOK + "4 && echo up",
            "--param=every=100ms",
            "--param=patience=1h");

    assertThat(outcome.result()).isEqualTo("healthy: up");
    assertThat(outcome.ledger()).hasSize(4);
  }

  @Test
  void aPollThatEndsMakesAnIssue() throws Exception {
    Project project = project("late", "");

    var run =
        new PatternRun(
            project,
            "polling",
            placed(project, LOOK + "99", "--param=every=200ms", "--param=patience=500ms"));

    assertThat(run.undisturbed().result()).isEqualTo("not healthy, see ISSUE-001");
    assertThat(project.ledger().size()).isBetween(2, 4);
    assertThat(project.conductor("issue", "show", "ISSUE-001").out())
        .contains("nothing came about in 0 s; looked ");
  }
}
