package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.PatternRun.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What tests of {@code examples/patterns} work on. */
abstract class PatternMachine {

  /** Tells the ledger who works; a script adds what each does. */
  static final String AGENT =
      """
      prompt=$(cat)
      echo "$CONDUCTOR_AGENT" >> $LEDGER
      case "$CONDUCTOR_AGENT" in
      %s
      esac
      """;

  final Random random = PatternRun.seeded();

  @TempDir Path temp;

  interface Setup {
    void of(Project project) throws Exception;
  }

  /** A user's machine whose agent does something for each name. */
  Project project(String name, String agents) throws Exception {
    Project project = Project.withOrigin(Files.createDirectories(temp.resolve(name)));
    project.file("issue.md", "# Greet\n\nPlease greet.\n");
    return project.agent(AGENT.formatted(agents));
  }

  /** Commits files in the origin's main, and in the repository. */
  static void committed(Project project, String script) throws Exception {
    project.sh(
        project.repo, script + "\ngit add .\ngit commit -q -m files\ngit push -q origin main");
  }

  /** Opens pull request 1, as somebody else did before. */
  static void proposed(Project project) throws Exception {
    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'work')
            yield WriteFile(env, 'a.txt', 'a')
            return yield CreatePR(env, 'Add a')
            """)
        .ok();
  }

  Outcome both(String pattern, String agents, Setup setup, String... args) throws Exception {
    Project calm = project("calm", agents);
    setup.of(calm);
    var first = new PatternRun(calm, pattern, placed(calm, args));
    Outcome outcome = first.undisturbed();
    Project killed = project("killed", agents);
    setup.of(killed);
    int record = 2 + random.nextInt(first.records() - 2);
    var second = new PatternRun(killed, pattern, placed(killed, args));
    assertThat(second.killedAt(record)).as("killed at record %s", record).isEqualTo(outcome);
    return outcome;
  }

  static String[] placed(Project project, String... args) {
    return Stream.of(args)
        .map(arg -> arg.replace("ROOT", project.root.toString()))
        .toArray(String[]::new);
  }

  static final String ISSUE = "--issue=ROOT/issue.md";
}
