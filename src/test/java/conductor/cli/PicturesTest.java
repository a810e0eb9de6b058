package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures in {@code docs/pictures} show what a terminal shows: two agents at work, what is
 * there to look after, and what a run did. {@code -Dpictures.write=true} takes them anew. Without
 * it they are compared with the screens, but for ids and times.
 */
@Timeout(600)
class PicturesTest {

  private static final Path PICTURES = Path.of("docs/pictures");
  private static final int COLUMNS = 100;
  private static final Map<String, String> COLOURS =
      Map.of("TERM", "tmux-256color", "LANG", "C.UTF-8");

  @TempDir private Path temp;

  @Test
  void showWhatIsSeenWhileTwoAgentsWork() throws Exception {
    Project project = Project.withOrigin(temp);
    project.environment.remove("NO_COLOR");
    project.sh("mkfifo go");
    project.agent(
        """
        case $CONDUCTOR_AGENT in
          tests)
            echo 'The gaps between words have a test now.'
            echo 'two  words' > cases.txt ;;
          *)
            echo 'Reading slug.sh'
            echo 'Every gap becomes one dash; running the tests'
            read -r _ < %s
            echo 'tr -s " " "-"' > slug.sh ;;
        esac
        """
            .formatted(temp.resolve("go")));
    Files.writeString(
        project.repo.resolve("slugs.groovy"),
        """
        /** Two agents work on one issue side by side; what they made is merged and tested. */
        def impl = yield CreateWorktree(suffix: 'impl')
        def tests = yield CreateWorktree(suffix: 'tests')
        yield Gather(
            impl: RunAgent(env: impl, name: 'impl', prompt: 'Make slugs of gaps'),
            tests: RunAgent(env: tests, name: 'tests', prompt: 'Test gaps'))
        def both = yield MergeBranches([impl, tests])
        yield Exec('echo "2 tests passed"', env: both, check: true)
        return both.branch
        """);
    Files.writeString(
        project.repo.resolve("release.groovy"),
        """
        /** Asks before it releases. */
        return yield Ask(prompt: 'Release 1.4 to everybody?', options: ['yes', 'no'])
        """);
    assertThat(project.conductor("run", "release.groovy", "--no-wait").code())
        .isEqualTo(Exit.BLOCKED);
    try (var run = new Pane(project, COLUMNS, 24, COLOURS, "run", "slugs.groovy", "--watch")) {
      run.await("running the tests").await("✓ 3.tests.1 ");
      picture("run", run);
      String slugs = project.conductor("ps", "--status", "running", "--limit", "1").ok().out();
      try (var ps = new Pane(project, COLUMNS, 24, COLOURS, "ps")) {
        ps.await("^EXIT 0");
        picture("ps", ps);
      }
      String id = slugs.replaceFirst("(?s).*?(wf-[0-9a-f]+).*", "$1");
      try (var watch = new Pane(project, COLUMNS, 24, COLOURS, "watch", id)) {
        watch.await("running the tests");
        picture("watch", watch);
        project.sh("echo > go");
        watch.await("^EXIT 0");
      }
      run.await("^EXIT 0");
      try (var show = new Pane(project, COLUMNS, 24, COLOURS, "show", id)) {
        show.await("^EXIT 0");
        picture("show", show);
      }
    }
  }

  private void picture(String name, Pane pane) throws Exception {
    String screen = pane.coloured().replaceFirst("(?m)^EXIT 0\n", "").replace(temp.toString(), "~");
    Path file = PICTURES.resolve(name + ".svg");
    String picture = ScreenPicture.of(screen, COLUMNS);
    if (Boolean.getBoolean("pictures.write")) {
      Files.createDirectories(PICTURES);
      Files.writeString(file, picture);
    }
    assertThat(lasting(picture)).isEqualTo(lasting(Files.readString(file)));
  }

  /** Returns the words of a picture without what is another each time. */
  private static String lasting(String picture) {
    return picture
        .replaceAll("<[^>]*>", "")
        .replaceAll("wf-[0-9a-f]+", "RUN")
        .replaceAll("repo-[0-9a-f]+", "REPOSITORY")
        .replaceAll("\\b[0-9]+(\\.[0-9])?[smh]([0-9]+[sm])?\\b", "TIME")
        .replaceAll(" +", " ")
        .strip();
  }
}
