package conductor.realagents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What npm installs is whole and runs, or is not there. The packages here are local directories.
 */
class NpmTest {

  @TempDir private Path temp;
  private Npm npm;

  @BeforeEach
  void needsNpm() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "npm"))),
        "no npm");
    npm = new Npm(temp.resolve("cache"));
  }

  @Test
  void installsOnce() throws Exception {
    Path programs = npm.install(packages(program("1.2.3"), "1.2.3"));

    assertThat(programs.resolve("hello")).isExecutable();
    assertThat(npm.install(packages("file:" + temp.resolve("gone"), "1.2.3"))).isEqualTo(programs);
  }

  @Test
  void whatCannotBeInstalledLeavesNothingThatLooksInstalled() throws Exception {
    String missing = "file:" + temp.resolve("missing");

    assertThatThrownBy(() -> npm.install(packages(missing, "1.2.3")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("npm install");

    assertThat(npm.install(packages(program("1.2.3"), "1.2.3")).resolve("hello")).isExecutable();
  }

  @Test
  void aProgramOfAnotherVersionIsRefused() throws Exception {
    assertThatThrownBy(() -> npm.install(packages(program("1.2.4"), "1.2.3")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("should be 1.2.3, says: 1.2.4");
  }

  private static Packages packages(String specification, String version) {
    return new Packages(
        "hello-1", List.of(specification), List.of(new Packages.Program("hello", version)));
  }

  private String program(String version) throws IOException {
    Path directory = Files.createDirectories(temp.resolve("hello-" + version));
    Files.writeString(
        directory.resolve("package.json"),
        """
        {"name": "hello", "version": "%s", "bin": {"hello": "hello.js"}}
        """
            .formatted(version));
    Files.writeString(
        directory.resolve("hello.js"), "#!/usr/bin/env node\nconsole.log('" + version + "')\n");
    return "file:" + directory;
  }
}
