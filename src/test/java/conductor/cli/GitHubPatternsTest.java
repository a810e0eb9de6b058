package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.PatternRun.Outcome;
import conductor.handlers.forge.github.FakeRepository.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code examples/patterns} that need checks and reviews of a forge: law 5. */
@Order(1)
class GitHubPatternsTest {

  private static final String AGENT =
      """
      prompt=$(cat)
      echo "$CONDUCTOR_AGENT" >> $LEDGER
      case "$CONDUCTOR_AGENT" in
        diagnose-1) echo '{"cause": "code", "why": "a typo"}' ;;
        diagnose-2) echo '{"cause": "flaky", "why": "a clock"}' ;;
        checks-1) echo x >> repairs.txt ;;
        follow-1) echo y >> answered.txt
          id=$(printf '%s' "$prompt" | sed -nE 's/^# (comment:[0-9]+) by.*/\\1/p' | head -n 1)
          printf '{"answers": [{"id": "%s", "answer": "Renamed it."}]}' "$id" ;;
      esac
      """;

  private final Random random = PatternRun.seeded();

  @TempDir private Path temp;

  private OnGitHub github(String name) throws Exception {
    return new OnGitHub(Files.createDirectories(temp.resolve(name))).agent(AGENT);
  }

  private interface Doing {
    Outcome with(PatternRun run) throws Exception;
  }

  private Outcome doctored(String name, Doing doing) throws Exception {
    try (OnGitHub github = github(name)) {
      github.repository.runner =
          commit ->
              List.of(
                  github.lines(commit, "repairs.txt") == 1
                      ? new Check("build", "success", "")
                      : new Check("build", "failure", "broken"));
      github.proposed("typo");
      github.proposed("clock");

      Outcome outcome = doing.with(new PatternRun(github.project, "ci_doctor"));

      assertThat(github.repository.comments(1)).hasSize(1);
      assertThat(github.repository.comments(1).getFirst()).startsWith("Repaired, code: a typo");
      assertThat(github.repository.comments(2)).hasSize(1);
      assertThat(github.repository.comments(2).getFirst())
          .startsWith("Needs a person, flaky: a clock");
      assertThat(github.lines("typo", "repairs.txt")).isOne();
      return outcome;
    }
  }

  @Test
  void theDoctorRepairsWhatIsOfTheCodeAndTellsOfTheRest() throws Exception {
    int[] records = {0};
    Outcome calm =
        doctored(
            "calm",
            run -> {
              Outcome outcome = run.undisturbed();
              records[0] = run.records();
              return outcome;
            });
    int record = 2 + random.nextInt(records[0] - 2);
    Outcome killed = doctored("killed", run -> run.killedAt(record));

    assertThat(killed).as("killed at record %s", record).isEqualTo(calm);
    assertThat(calm.ledger()).containsExactly("checks-1", "diagnose-1", "diagnose-2");
    assertThat(calm.result()).contains("\"1\":\"repaired\"", "\"2\":\"flaky\"");
  }

  @Test
  void eachCommentIsDealtWithAndAnsweredOnce() throws Exception {
    try (OnGitHub github = github("review")) {
      github.repository.runner = _ -> List.of(new Check("build", "success", ""));
      github.proposed("work");
      github.repository.review(1, "ann", "CHANGES_REQUESTED", "", "a.txt:1: Bad name.");
      String act = random.nextBoolean() ? "POST .*/git-receive-pack" : "POST .*/replies";
      var run = new PatternRun(github.project, "review_responder", "--param=pr=1");

      github.killedAt(act, "run", PatternRun.script("review_responder").toString(), "--param=pr=1");
      github.repository.review(1, "ann", "APPROVED", "");

      assertThat(run.resumed().result()).as(act).isEqualTo("#1 is open");
      assertThat(github.project.ledger()).containsExactly("follow-1");
      assertThat(github.repository.replies(1)).hasSize(1);
      assertThat(github.repository.replies(1).getFirst()).startsWith("Renamed it.");
      assertThat(github.lines("work", "answered.txt")).isOne();
    }
  }
}
