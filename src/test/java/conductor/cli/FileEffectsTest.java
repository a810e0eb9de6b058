package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ReadFile}, {@code WriteFile} and {@code Diff}. */
class FileEffectsTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true | ReadFile(e, '../x') | OutsideWorktree",
        "true | ReadFile(e, '/etc/passwd') | OutsideWorktree",
        "ln -s /etc/passwd l | ReadFile(e, 'l') | OutsideWorktree",
        "ln -s /nowhere l | WriteFile(e, 'l', 'x') | OutsideWorktree",
        "ln -s /etc l | WriteFile(e, 'l/x', 'x') | OutsideWorktree",
        "ln -s l l | ReadFile(e, 'l') | OutsideWorktree",
        "true | ReadFile(e, 'none') | FileNotFound",
        "mkdir d | ReadFile(e, 'd') | it is a directory",
        "mkdir d | WriteFile(e, 'd', 'x') | it is no file",
        "true | WriteFile(e, 'README.md/x', 'x') | NotText",
        "true | WriteFile(e, '.git', 'x') | it is git's own",
        "truncate -s 2G big | ReadFile(e, 'big') | it has 2147483648 bytes",
        "mkfifo f | ReadFile(e, 'f') | it is a pipe",
        "printf '\\377' > b | ReadFile(e, 'b') | it is not UTF-8",
        "true | ReadFile(e, 'a\\u0000b') | it is no path",
      })
  void whatIsNoTextFileOfTheWorktreeIsATypedFailure(String before, String effect, String failure)
      throws Exception {
    Project.Result result =
        project.flow(
            "def e = yield CreateWorktree()\nyield Exec(\"%s\", env: e, check: true)\nyield %s"
                .formatted(before.replace("\\", "\\\\"), effect));

    assertThat(result.code()).isOne();
    assertThat(result.err()).contains(failure).contains("flow.groovy:3").doesNotContain("\tat ");
  }

  @Test
  void whatIsWrittenKeepsItsPermissionsAndItsLink() throws Exception {
    project.sh(
        project.repo,
        "echo a > run.sh; chmod 755 run.sh; ln -s run.sh link; git add .; git commit -qm r; git push -q origin HEAD:main");

    Project.Result result =
        project.flow(
            """
            def e = yield CreateWorktree()
            yield WriteFile(e, 'link', 'b\\n')
            yield WriteFile(e, 'new dir/ä', '')
            yield Exec('mv README.md moved', env: e)
            return (yield Diff(e)) + (yield Diff(e, stat: true)) + (yield Diff(e, names: true)) + (yield ReadFile(e, 'new dir/ä')).size()
            """);

    assertThat(result.ok().out())
        .contains("-a\n+b\n", "3 files changed")
        .contains("\nREADME.md\nmoved\nnew dir/ä\nrun.sh\n")
        .endsWith("0\n")
        .doesNotContain("old mode", "a/link");
  }
}
