package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.PatternRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts of {@code examples/patterns}: each is run undisturbed, and again in a process that is
 * killed at a random record, and comes to the same: laws 2 and 5.
 */
@Order(1)
class PatternScriptsTest extends PatternMachine {
  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(PatternRun.script("x").getParent())) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aPatternHasNoFindingsAndAPlan(Path script) throws Exception {
    Project project = project("planned", "");
    proposed(project);
    committed(project, "printf -- '- [ ] one\\n' > PLAN.md");
    String text = Files.readString(script);

    assertThat(project.conductor("check", script.toString()).ok().err()).isEmpty();
    var args = new ArrayList<>(List.of("plan", script.toString()));
    for (String name :
        List.of(
            "pr=1",
            "test_command=true",
            "files=*.md",
            "instruction=x",
            "outdated=echo a",
            "upgrade=true",
            "patience=1s",
            "version=v1",
            "publish=true",
            "unpublish=true",
            "announce=true",
            "look=true")) {
      if (text.matches("(?s).*@Param\\([^\\n]* " + name.replaceFirst("=.*", "") + "( =|\\n).*")) {
        args.addAll(List.of("--param", name));
      }
    }
    if (text.contains("(issue: issue") || text.contains("(issue, ")) {
      args.addAll(List.of("--issue", project.root.resolve("issue.md").toString()));
    }
    if (text.contains("GetPR")) { // the plan looks for the branch that it made up
      Path stubs = project.file("stubs.yaml", "GetPR: {branch: main, target: main}\n");
      args.addAll(List.of("--stubs", stubs.toString()));
    }
    var planned = project.conductor(args.toArray(String[]::new));
    assertThat(planned.code()).as(planned.out() + planned.err()).isZero();
    assertThat(planned.out()).contains("nothing was performed");
  }

  @Test
  void aPromptChainGoesThroughItsSteps() throws Exception {
    Outcome outcome =
        both(
            "prompt_chain",
            """
              design) echo '{"approach": "a file", "files": ["a.txt"]}' ;;
              code) case "$prompt" in *"like this: a file"*) echo a > a.txt ;; esac ;;
              document) case "$prompt" in *+++*a.txt*) echo more >> README.md ;; esac ;;
            """,
            _ -> {},
            ISSUE);

    assertThat(outcome.ledger()).containsExactly("code", "design", "document");
    assertThat(outcome.branches()).contains("conductor/issue-RUN 2 README.md a.txt");
    assertThat(outcome.pulls()).isEqualTo("open Greet");
  }

  @Test
  void aPromptChainStopsAtItsGate() throws Exception {
    Project project =
        project("gate", "design) echo '{\"approach\": \"all new\", \"files\": [\"a\", \"b\"]}' ;;");

    var run =
        new PatternRun(project, "prompt_chain", placed(project, ISSUE, "--param=most_files=1"));

    assertThat(run.undisturbed().result()).isEqualTo("too big for one change, 2 files: all new");
    assertThat(project.ledger()).containsExactly("design");
  }

  @Test
  void aBugTakesItsRoute() throws Exception {
    Outcome outcome =
        both(
            "routing",
            """
              router) echo '{"kind": "bug"}' ;;
              reproduce) echo t > test.txt ;;
              fix) echo half > fix.txt ;;
              fix-1) case "$prompt" in *"exit code 1"*) echo whole > fix.txt ;; esac ;;
            """,
            _ -> {},
            ISSUE,
            "--param=test_command=grep -q whole fix.txt");

    assertThat(outcome.ledger()).containsExactly("fix", "fix-1", "reproduce", "router");
    assertThat(outcome.branches()).contains("README.md fix.txt test.txt");
    assertThat(outcome.pulls()).isEqualTo("open Greet");
  }

  @Test
  void aQuestionIsAnswered() throws Exception {
    Project project =
        project("question", "router) echo '{\"kind\": \"question\"}' ;;\nanswer) echo Because. ;;");

    var run =
        new PatternRun(project, "routing", placed(project, ISSUE, "--param=test_command=true"));

    assertThat(run.undisturbed().result()).isEqualTo("Because.");
    assertThat(project.ledger()).containsExactly("router", "answer");
  }

  @Test
  void aVoteIsCountedAndTold() throws Exception {
    Outcome outcome =
        both(
            "parallel_vote",
            """
              voter-correctness) echo '{"approved": true, "why": "works"}' ;;
              voter-security) echo '{"approved": false, "why": "leaks"}' ;;
              voter-tests) echo '{"approved": true, "why": "tested"}' ;;
              voter-style) exit 1 ;;
            """,
            PatternMachine::proposed,
            "--param=pr=1",
            "--param=eyes=correctness,security,tests,style");

    assertThat(outcome.result()).isEqualTo("{\"approved\":true,\"votes\":3,\"of\":4}");
    assertThat(outcome.ledger())
        .containsExactly("voter-correctness", "voter-security", "voter-style", "voter-tests");
  }

  @Test
  void anOrchestratorGivesOutItsTasks() throws Exception {
    Outcome outcome =
        both(
            "orchestrator",
            """
              planner) echo '{"tasks": ["Write one.", "Write two.", "Write three."]}' ;;
              worker-*) echo "$prompt" | tail -n 1 > $CONDUCTOR_AGENT.txt ;;
            """,
            _ -> {},
            ISSUE,
            "--param=width=2",
            "--param=test_command=grep -q three worker-3.txt && test -e worker-1.txt");

    assertThat(outcome.ledger()).containsExactly("planner", "worker-1", "worker-2", "worker-3");
    assertThat(outcome.branches()).contains("README.md worker-1.txt worker-2.txt worker-3.txt");
    assertThat(outcome.pulls()).isEqualTo("open Greet");
    assertThat(outcome.worktrees()).as("and the repository").isEqualTo("6");
  }

  @Test
  void anOptimiserKeepsTheBestVersion() throws Exception {
    Outcome outcome =
        both(
            "evaluator",
            """
              version-*) echo x > $CONDUCTOR_AGENT.txt ;;
              grade-1) echo '{"score": 5, "advice": "shorter"}' ;;
              grade-2) echo '{"score": 3, "advice": "longer"}' ;;
              grade-3) echo '{"score": 8, "advice": "none"}' ;;
            """,
            _ -> {},
            ISSUE);

    assertThat(outcome.ledger())
        .containsExactly("grade-1", "grade-2", "grade-3", "version-1", "version-2", "version-3");
    assertThat(outcome.branches())
        .contains("conductor/issue-RUN 3 README.md version-1.txt version-3.txt");
    assertThat(outcome.pulls()).isEqualTo("open Greet");
  }

  @Test
  void theBestOfThoseThatPassIsProposed() throws Exception {
    Outcome outcome =
        both(
            "best_of_n",
            """
              attempt-1) echo wrong > a.txt ;;
              attempt-4) exit 1 ;;
              attempt-*) echo "right $CONDUCTOR_AGENT" > a.txt; echo x > $CONDUCTOR_AGENT.txt ;;
              judge) case "$prompt" in *"Attempt 2"*"right attempt-3"*) echo '{"best": 2, "why": "neat"}' ;; esac ;;
            """,
            _ -> {},
            ISSUE,
            "--param=n=4",
            "--param=test_command=grep -q right a.txt");

    assertThat(outcome.ledger())
        .containsExactly("attempt-1", "attempt-2", "attempt-3", "attempt-4", "judge");
    assertThat(outcome.branches()).contains("README.md a.txt attempt-3.txt");
    assertThat(outcome.pulls()).isEqualTo("open Greet");
  }

  private static final String TASKS = "printf -- '- [ ] one\\n- [ ] two\\n- [x] old\\n' > PLAN.md";

  @Test
  void roundsGoOnUntilAllIsTicked() throws Exception {
    Outcome outcome =
        both(
            "until_done",
            "round-*) sed -i '0,/\\[ \\]/s//[x]/' PLAN.md; echo x > $CONDUCTOR_AGENT.txt ;;",
            project -> committed(project, TASKS),
            "--param=test_command=test -e round-3.txt");

    assertThat(outcome.ledger()).containsExactly("round-1", "round-2", "round-3");
    assertThat(outcome.branches())
        .contains(
            "conductor/until-done-RUN 5 PLAN.md README.md round-1.txt round-2.txt round-3.txt");
    assertThat(outcome.pulls()).isEqualTo("open Do what PLAN.md asks");
  }

  @Test
  void eachTaskOfAPlanIsACommit() throws Exception {
    Outcome outcome =
        both(
            "plan_from_file",
            "task-*) echo \"$prompt\" | tail -n 1 > $CONDUCTOR_AGENT.txt ;;",
            project -> committed(project, TASKS),
            "--param=test_command=grep -q one task-1.txt");

    assertThat(outcome.ledger()).containsExactly("task-1", "task-2");
    assertThat(outcome.branches())
        .contains("conductor/plan-RUN 4 PLAN.md README.md task-1.txt task-2.txt");
    assertThat(outcome.pulls()).isEqualTo("open Do what PLAN.md asks");
  }
}
