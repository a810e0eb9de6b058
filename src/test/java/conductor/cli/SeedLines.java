package conductor.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the seed's lines share: a user's machine and the packaged program. */
abstract class SeedLines {

  private static final String AGENT =
      """
      prompt=$(cat)
      if [ -n "$CONDUCTOR_SCHEMA_FILE" ]; then
        echo '{"approved": true, "objections": []}'
      else
        echo "$prompt" >> "$CONDUCTOR_AGENT.txt"
        echo "heard: $prompt"
      fi
      """;

  @TempDir Path temp;
  Project project;
  String issue = "";

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp).agent(AGENT);
    issue = project.file("issue.md", "# Add a greeting\n\nPlease greet.\n").toString();
  }

  Project.Result flow(String text, String... more) throws Exception {
    var words = new ArrayList<String>();
    words.addAll(List.of("run", project.file("flow.groovy", text).toString()));
    words.addAll(List.of(more));
    return project.packaged(words.toArray(String[]::new));
  }

  String result(String text) throws Exception {
    return flow(text, "--issue", issue).ok().out().strip();
  }

  String aRun() throws Exception {
    project.packaged("run", "basic_pr", "--issue", issue).ok();
    return project.onlyRun();
  }

  /** Starts a run whose agent goes on until a file is there. */
  String aLiveRun() throws Exception {
    project.agent(
        "echo started; while [ ! -e %s/go ]; do sleep 0.1; done; echo over; cat >> heard"
            .formatted(temp));
    flow(
            "return yield RunAgent(env: yield(CreateWorktree()), prompt: 'x', name: 'impl')",
            "--detach")
        .ok();
    String run = project.onlyRun();
    Path out = project.state.run(run).agents().resolve("impl/turn-1/out");
    Project.await(out, () -> true);
    return run;
  }

  void go() throws Exception {
    project.file("go", "");
  }
}
