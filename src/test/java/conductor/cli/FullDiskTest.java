package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F10: a full disk is never an effect's reply, and leaves the run to be resumed. Needs root. */
class FullDiskTest {

  @TempDir private Path temp;
  private Project project;
  private Path disk = Path.of("");

  @BeforeEach
  void aSmallDisk() throws Exception {
    project = Project.withOrigin(temp);
    disk = Files.createDirectory(temp.resolve("disk"));
    assumeThat(mount("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString())).isZero();
    project.environment.put("CONDUCTOR_STATE_DIR", disk.resolve("state").toString());
  }

  @AfterEach
  void unmount() throws Exception {
    mount("umount", "-l", disk.toString());
  }

  private static int mount(String... words) throws Exception {
    return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
  }

  private void fill() throws IOException {
    try (OutputStream file = Files.newOutputStream(disk.resolve("fill"))) {
      while (true) {
        file.write(new byte[512]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space");
    }
  }

  @Test
  void aCommandThatEndsOnAFullDiskIsNotRunAgain() throws Exception {
    Path go = temp.resolve("go");
    Path flow =
        project.file(
            "flow.groovy",
            """
            try {
              def r = yield Exec('echo ran >> $LEDGER; while [ ! -e %s ]; do sleep 0.1; done; exit 7')
              yield Put('more than is left of a block', 'x' * 9000)
              return r.exit_code
            } catch (Exception e) {
              return 'caught ' + e
            }
            """
                .formatted(go));
    Process process = project.start("run", flow.toString());
    Project.await(project.ledger, process::isAlive);
    fill();
    Files.createFile(go);

    assertThat(process.waitFor()).isEqualTo(Exit.BROKEN);
    assertThat(Files.readString(temp.resolve("err")))
        .contains("can be resumed")
        .doesNotContain("internal error");
    Files.delete(disk.resolve("fill"));
    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("7\n");
    assertThat(project.ledger()).containsExactly("ran");
  }

  /** What git, a file and a record say when they cannot be written. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CreateWorktree(name: 'more')",
        "WriteFile(e, 'a.txt', 'x' * 5000)",
        "WriteFile(e, 'a.txt', 'x' * 40000)",
        "Put('large', 'x' * 40000)",
        "Commit(e, 'Big')",
        "CreatePR(e, 'Big', 'x' * 9000)",
      })
  void gitAFileAndAProposalStopTheRunToo(String effect) throws Exception {
    project.sh(
        """
        head -c 20000 /dev/urandom > repo/big
        git -C repo add .
        git -C repo commit -q -m big
        git -C repo remote remove origin
        mv repo disk/repo
        ln -s disk/repo repo
        """);
    Path go = temp.resolve("go");
    Path flow =
        project.file(
            "flow.groovy",
            """
            def e = yield CreateWorktree(name: 'one')
            yield WriteFile(e, 'b.txt', ('a'..'z').join() * 400)
            yield Exec('echo here >> $LEDGER; while [ ! -e %s ]; do sleep 0.1; done')
            def r = yield Try(%s)
            return r.ok()
            """
                .formatted(go, effect));
    Process process = project.start("run", flow.toString());
    Project.await(project.ledger, process::isAlive);
    fill();
    Files.createFile(go);

    assertThat(process.waitFor()).as(Files.readString(temp.resolve("err"))).isEqualTo(Exit.BROKEN);
    assertThat(Files.readString(temp.resolve("err")))
        .contains("No space left on device", "the run stops here and can be resumed")
        .doesNotContain("internal error");
    Files.delete(disk.resolve("fill"));
    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("true\n");
  }

  @Test
  void aCommandAndAnIssueThatCannotBeginStopTheRun() throws Exception {
    for (String effect :
        new String[] {"Exec('echo begun >> $LEDGER')", "CreateIssue(title: 'T', body: 'b')"}) {
      Path flow =
          project.file(
              "flow.groovy",
              """
              yield Exec('while [ ! -e %1$s ]; do sleep 0.1; done; rm %1$s')
              def r = yield Try(%2$s)
              return r.ok()
              """
                  .formatted(temp.resolve("go"), effect));
      Files.deleteIfExists(temp.resolve("err"));
      Process process = project.start("run", flow.toString());
      Project.await(temp.resolve("err"), process::isAlive);
      fill();
      Files.createFile(temp.resolve("go"));

      assertThat(process.waitFor())
          .as(Files.readString(temp.resolve("err")))
          .isEqualTo(Exit.BROKEN);
      Files.delete(disk.resolve("fill"));
      String run = project.conductor("ps", "--json").json().get(0).path("id").asString();
      assertThat(project.conductor("resume", run).ok().out()).as(effect).isEqualTo("true\n");
    }
    assertThat(project.ledger()).containsExactly("begun");
  }
}
