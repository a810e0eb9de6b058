package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.journal.Entry;
import conductor.journal.JournalFile;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a run did, as a comment on the pull request that it opened. */
@Order(1)
class ReportAsEvidenceTest {

  @TempDir private Path temp;
  private Project project;
  private Path issue = Path.of("");

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.environment.put("SOME_API_KEY", "s3cr3t-v4lue-of-mine");
    project.configure(
        "agent: played\nagents: {played: {script: '%s'}}\n"
            .formatted(
                project.file(
                    "agent.groovy",
                    """
                    write 'a.txt', 'a'
                    say prompt.contains('Review this change') ? '{"approved": true, "objections": []}' : 'done'
                    """)));
    issue = project.file("issue.md", "# Add a\n\nWith a letter in it.\n");
  }

  private JsonNode comments() {
    JsonNode pulls = project.conductor("pr", "list", "--json").ok().json();
    assertThat(pulls.size()).isOne();
    return project.conductor("pr", "show", "1", "--json").ok().json().path("comments");
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic_pr", "enforced_pr", "reviewed_pr", "multi_agent"})
  void eachTemplateCommentsItOnceWhereItIsAskedFor(String template) throws Exception {
    var words =
        new ArrayList<>(
            List.of("run", template, "--issue", issue.toString(), "--param", "evidence=report"));
    if (template.equals("enforced_pr")) {
      words.addAll(List.of("--param", "test_command=true"));
    }
    project.conductor(words.toArray(String[]::new)).ok();
    assertThat(comments()).hasSize(1);
    assertThat(comments().get(0).path("body").asString())
        .startsWith("## `" + template + "` running\n")
        .contains("| ✓ | `RunAgent` |", "| ✓ | `CreatePR` |", "### Agents\n", "Made by conductor")
        .contains("/1.json |");
  }

  @Test
  void aRunThatIsKilledOnceItHasTheReportCommentsThatOne() throws Exception {
    Process process =
        project
            .builder(
                new ArrayList<>(),
                "run",
                "basic_pr",
                "--issue",
                issue.toString(),
                "--param",
                "evidence=report")
            .redirectOutput(temp.resolve("out").toFile())
            .start();
    try (var said = process.errorReader()) {
      assertThat(said.lines().anyMatch(line -> line.matches("✓ .* Report .*"))).isTrue();
      process.destroyForcibly().waitFor();
    }
    String run = project.onlyRun();
    String reported = reported(run);
    if (!project.conductor("show", run, "--json").json().path("status").asString().equals("done")) {
      project.conductor("resume", run).ok();
    }
    assertThat(comments()).hasSize(1);
    assertThat(comments().get(0).path("body").asString().strip()).isEqualTo(reported.strip());
    assertThat(reported(run)).isEqualTo(reported);
  }

  /** The only reply to {@code Report} in a run's journal. */
  private String reported(String run) {
    List<Entry> entries = JournalFile.read(project.state.run(run).trace()).entries();
    List<Position> asked =
        entries.stream()
            .filter(Entry.Asked.class::isInstance)
            .map(Entry.Asked.class::cast)
            .filter(entry -> entry.effect().equals("Report"))
            .map(Entry.Asked::position)
            .toList();
    assertThat(asked).hasSize(1);
    List<String> replies =
        entries.stream()
            .filter(Entry.Replied.class::isInstance)
            .map(Entry.Replied.class::cast)
            .filter(entry -> entry.position().equals(asked.getFirst()))
            .map(entry -> ((Outcome.Value) entry.outcome()).value().asString())
            .toList();
    assertThat(replies).hasSize(1);
    return replies.getFirst();
  }

  @Test
  void whatNoPullRequestCanShowIsRefusedBeforeAnAgentIsPaid() throws Exception {
    Project.Result refused =
        project.conductor(
            "run", "basic_pr", "--issue", issue.toString(), "--param", "evidence=video");
    assertThat(refused.code()).isEqualTo(Exit.FAILED);
    assertThat(refused.err())
        .contains("evidence must be facts or report, found 'video'")
        .doesNotContain("RunAgent");
    assertThat(Files.exists(project.state.run(project.onlyRun()).agent("worker"))).isFalse();
  }

  @Test
  void noSecretIsInTheReport() throws Exception {
    Project.Result run =
        project.flow("yield Exec('echo s3cr3t-v4lue-of-mine')\nreturn yield Report()").ok();
    assertThat(run.out())
        .startsWith("## `flow` running\n")
        .contains("| ✓ | `Exec` | `echo ***SOME_API_KEY***`")
        .doesNotContain("s3cr3t-v4lue-of-mine");
  }
}
