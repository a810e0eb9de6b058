package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Files that a run keeps when its worktrees go. */
class ArtifactsTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void whatIsSavedStaysAsItWasAndIsShown() throws Exception {
    Project.Result result =
        project.flow(
            """
            def e = yield CreateWorktree()
            yield Exec("printf 'a\\\\000\\\\377b' > 'a b'; chmod 755 'a b'; ln -s 'a b' link", env: e, check: true)
            def kept = [yield(SaveArtifact(e, 'a b')), yield(SaveArtifact(env: e, path: 'link', name: 'reports/one'))]
            yield Exec("echo changed > 'a b'", env: e)
            kept << (yield SaveArtifact(env: e, path: 'README.md', name: './twice'))
            yield SaveArtifact(env: e, path: 'a b', name: 'twice')
            yield DeleteWorktree(e, force: true)
            return kept*.toString()
            """);
    String run = project.onlyRun();
    Path artifacts = project.state.run(run).root().resolve("artifacts");

    assertThat(result.ok().json().valueStream().map(JsonNode::asString))
        .containsExactly(artifacts + "/a b", artifacts + "/reports/one", artifacts + "/twice");
    assertThat(Files.readAllBytes(artifacts.resolve("a b"))).containsExactly('a', 0, -1, 'b');
    assertThat(Files.readAllBytes(artifacts.resolve("reports/one")))
        .containsExactly('a', 0, -1, 'b');
    assertThat(artifacts.resolve("twice")).hasContent("changed");
    assertThat(project.conductor("show", run).ok().out())
        .contains("keeps  " + artifacts + "/reports/one");
    assertThat(project.conductor("show", run, "--json").json().path("artifacts").size())
        .isEqualTo(3);
    assertThat(project.sh("ls -A " + artifacts.getParent())).doesNotContain("artifacts.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'../x' | OutsideWorktree",
        "'out' | OutsideWorktree",
        "'none' | FileNotFound",
        "'d' | NotSaved: 'd' is not saved: it is a directory; pack it first",
        "'fifo' | it is a pipe",
        "'README.md', name: '../x' | OutsideWorktree: '../x' leads out of",
        "'README.md', name: '/etc/x' | OutsideWorktree",
        "'README.md', name: 'sub' | 'sub' is a directory of artifacts",
        "'README.md', name: 'sub/x/y' | NotSaved",
        "'README.md', name: '.' | is a directory of artifacts",
      })
  void whatCannotBeSavedIsATypedFailure(String arguments, String failure) throws Exception {
    Project.Result result =
        project.flow(
            """
            def e = yield CreateWorktree()
            yield Exec('mkdir d; mkfifo fifo; ln -s /etc/passwd out', env: e)
            yield SaveArtifact(env: e, path: 'README.md', name: 'sub/x')
            yield SaveArtifact(env: e, path: %s)
            """
                .formatted(arguments));

    assertThat(result.code()).isOne();
    assertThat(result.err()).contains(failure, "flow.groovy:4").doesNotContain("\tat ");
  }

  @Test
  void aForkHasItsOwnCopies() throws Exception {
    project
        .flow(
            """
            def e = yield CreateWorktree()
            def kept = yield SaveArtifact(e, 'README.md')
            return (yield Exec(['cat', kept.toString()])).passed ? kept.toString() : null
            """)
        .ok();
    String run = project.onlyRun();

    String path = project.conductor("fork", run, "--at", "3").ok().out().strip();

    assertThat(path).endsWith("/artifacts/README.md").doesNotContain(run);
    assertThat(project.sh("cat repo/README.md")).isEqualTo(Files.readString(Path.of(path)).strip());
  }
}
