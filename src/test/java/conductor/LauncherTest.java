package conductor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher on machines that have this and lack that. Nothing is really built. */
class LauncherTest {

  @TempDir Path directory;

  Machine machine;

  @BeforeEach
  void prepare() throws IOException {
    machine = new Machine(directory.toRealPath());
  }

  @AfterEach
  void endWhatStillRuns() {
    machine.close();
  }

  @Test
  void looksForAJdkInOrder() throws Exception {
    var homes =
        List.of(
            machine.jdk("/named", "25"),
            machine.jdk("/java-home", "25.0.3"),
            machine.jdk("/usr/lib/jvm/b", "26-ea"),
            machine.jdk("/opt/c", "25.0.1"),
            machine.jdk("/home/me/.sdkman/candidates/java/d", "100.1"),
            machine.jdk("/Library/Java/JavaVirtualMachines/e/Contents/Home", "25"),
            machine.jdk("/on-the-path", "25"));
    Files.createSymbolicLink(machine.bin("java"), homes.getLast().resolve("bin/java"));

    assertThat(
            machine.runWith(
                List.of("CONDUCTOR_JAVA_HOME=" + homes.get(0), "JAVA_HOME=" + homes.get(1))))
        .extracting(Machine.Ended::jdk)
        .isEqualTo(homes.get(0));
    for (Path home : homes.subList(1, homes.size())) {
      assertThat(machine.runWith(List.of("JAVA_HOME=" + homes.get(1))).jdk()).isEqualTo(home);
      Files.delete(home.resolve("release"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15", "1.8.0_392", "24", ""})
  void passesOverAnOldJdk(String version) throws Exception {
    Path old = machine.jdk("/java-home", version);
    machine.jdk("/usr/lib/jvm/a-old", version);
    Path jdk = machine.jdk("/usr/lib/jvm/b", "25");

    assertThat(machine.runWith(List.of("JAVA_HOME=" + old)).jdk()).isEqualTo(jdk);
  }

  @Test
  void passesOverAJavaThatCannotCompile() throws Exception {
    Files.delete(machine.jdk("/usr/lib/jvm/a", "25").resolve("bin/javac"));
    Path jdk = machine.jdk("/usr/lib/jvm/b", "25");

    assertThat(machine.run().jdk()).isEqualTo(jdk);
  }

  @Test
  void refusesANamedJdkThatIsTooOld() throws Exception {
    machine.jdk("/usr/lib/jvm/good", "25");
    Path old = machine.jdk("/old", "21");

    var ended = machine.runWith(List.of("CONDUCTOR_JAVA_HOME=" + old));

    assertThat(ended.exit()).isEqualTo(4);
    assertThat(ended.err()).contains("CONDUCTOR_JAVA_HOME=" + old + " is not a JDK 25 or newer");
  }

  @Test
  void saysWhichJdksItFoundAndWhatToInstall() throws Exception {
    Path old = machine.jdk("/usr/lib/jvm/java-17", "17.0.15");

    var ended = machine.run();

    assertThat(ended.exit()).isEqualTo(4);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .startsWith("conductor: no JDK 25 or newer found; found: " + old + " (17.0.15)\n")
        .contains("Install one (openjdk-25-jdk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"git", "mvn"})
  void saysWhatToInstallWhereAProgramIsMissing(String program) throws Exception {
    machine.jdk("/opt/jdk", "25");
    Files.delete(machine.bin(program));

    var ended = machine.run();

    assertThat(ended.exit()).isEqualTo(4);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("is needed").contains("apt-get install");
  }

  @Test
  void saysThatOnlyLinuxIsTested() throws Exception {
    machine.jdk("/opt/jdk", "25");
    Machine.program(machine.bin("uname"), "#!/bin/sh\necho Darwin\n");

    assertThat(machine.run().err()).startsWith("conductor: only Linux is tested");
  }

  @Test
  void buildsOnceAndIsQuietAfterwards() throws Exception {
    Path jdk = machine.jdk("/opt/jdk", "25");

    assertThat(machine.run().err()).containsOnlyOnce("conductor: building in");
    assertThat(machine.run().err()).isEmpty();
    assertThat(machine.builds())
        .singleElement()
        .asString()
        .startsWith(jdk + " ")
        .endsWith(" package");
  }

  @Test
  void buildsAgainAfterAnEdit() throws Exception {
    machine.jdk("/opt/jdk", "25");
    machine.run();
    touchAfterTheBuild(machine.source());

    machine.run();

    assertThat(machine.builds()).hasSize(2);
  }

  /**
   * The launcher leaves tests out by {@code -Dmaven.test.skip}, which a setting of the build itself
   * would win over: then an edit would run all tests that had been compiled.
   */
  @Test
  void theBuildItselfDoesNotSayWhetherTestsAreSkipped() throws Exception {
    var pom =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());

    String settings = "/project/build/plugins/plugin/configuration/";
    for (String setting : List.of("trimStackTrace", "skip", "skipTests")) {
      assertThat(
              XPathFactory.newDefaultInstance()
                  .newXPath()
                  .evaluateExpression(
                      "count(%s)".formatted(settings + setting), pom, Integer.class))
          .as(setting)
          .isEqualTo(setting.equals("trimStackTrace") ? 2 : 0);
    }
  }

  @Test
  void buildsAgainAfterAChangeOfThePom() throws Exception {
    machine.jdk("/opt/jdk", "25");
    machine.run();
    touchAfterTheBuild(machine.pom());

    machine.run();

    assertThat(machine.builds()).hasSize(2);
  }

  @Test
  void buildsAgainAfterASourceWasDeleted() throws Exception {
    machine.jdk("/opt/jdk", "25");
    machine.run();
    Files.delete(machine.source());
    touchAfterTheBuild(machine.source().getParent());

    machine.run();

    assertThat(machine.builds()).hasSize(2);
  }

  @Test
  void buildsAgainWhatWasEditedDuringTheBuild() throws Exception {
    machine.jdk("/opt/jdk", "25");
    machine.maven(
        "mkdir -p target/lib && echo jar > target/conductor.jar\n"
            + "touch -r target/launcher.begun -d '+1 second' src/main/java/conductor/Main.java");
    machine.run();

    machine.run();

    assertThat(machine.builds()).hasSize(2);
  }

  @Test
  void takesWhatMavenBuiltBefore() throws Exception {
    machine.jdk("/opt/jdk", "25");
    Files.createDirectories(machine.checkout().resolve("target/lib"));
    Files.writeString(machine.checkout().resolve("target/conductor.jar"), "built by hand");

    var ended = machine.run();

    assertThat(ended.exit()).isZero();
    assertThat(machine.builds()).isEmpty();
    assertThat(machine.checkout().resolve("target/lib/conductor.jar")).hasContent("built by hand");
  }

  @Test
  void buildsAgainWhereABuildWasCutShort() throws Exception {
    machine.jdk("/opt/jdk", "25");
    machine.maven("echo half > target/conductor.jar; exit 1");
    machine.run();
    machine.maven("mkdir -p target/lib && echo whole > target/conductor.jar");

    assertThat(machine.run().exit()).isZero();
    assertThat(machine.checkout().resolve("target/lib/conductor.jar")).hasContent("whole");
  }

  @Test
  void reportsAFailedBuildAndRunsNothing() throws Exception {
    machine.jdk("/opt/jdk", "25");
    machine.maven("echo 'cannot find symbol'; exit 1");

    var ended = machine.run();

    assertThat(ended.exit()).isEqualTo(4);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("cannot find symbol").contains("conductor: the build failed");
  }

  @Test
  void reportsADirectoryWhereItCannotBuild() throws Exception {
    machine.jdk("/opt/jdk", "25");
    Files.createFile(machine.checkout().resolve("target"));

    var ended = machine.run();

    assertThat(ended.exit()).isEqualTo(4);
    assertThat(ended.err()).contains("target");
  }

  @Test
  @Timeout(60)
  void letsOnlyOneOfTwoBuild() throws Exception {
    machine.jdk("/opt/jdk", "25");
    Path gate = directory.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    machine.maven(
        "read go < '" + gate + "'\nmkdir -p target/lib && echo jar > target/conductor.jar");

    Process first = machine.start(List.of(), "first");
    assertThat(first.errorReader().readLine()).contains("building in");
    Process second = machine.start(List.of(), "second");
    assertThat(second.errorReader().readLine()).contains("another conductor is building");
    Files.writeString(gate, "go\n");

    assertThat(first.inputReader().lines()).last().isEqualTo("first");
    assertThat(second.inputReader().lines()).last().isEqualTo("second");
    assertThat(machine.builds()).hasSize(1);
  }

  @Test
  void givesJavaTheHomeTheCacheAndTheArgumentsAsTheyAre() throws Exception {
    machine.jdk("/opt/jdk", "25.0.1");
    Path lib = machine.checkout().resolve("target/lib");

    var ended = machine.run("run", "a b", "*", "");

    assertThat(ended.out())
        .containsSubsequence(
            "-XX:AOTCache=" + lib + "/conductor-25.0.1-run.aot",
            "-Dconductor.cache=" + lib + "/conductor-25.0.1-run.aot",
            "-Dconductor.home=" + machine.checkout(),
            "-cp",
            lib + "/conductor.jar",
            "conductor.main.Main",
            "run",
            "a b",
            "*",
            "");
  }

  @Test
  void givesCommandsThatOnlyLookASmallerCache() throws Exception {
    machine.jdk("/opt/jdk", "25.0.1");
    Path lib = machine.checkout().resolve("target/lib");

    var ended = machine.run("ps", "--json");

    assertThat(ended.out())
        .containsSubsequence(
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "-XX:AOTCache=" + lib + "/conductor-25.0.1-look.aot",
            "-Dconductor.cache=" + lib + "/conductor-25.0.1-run.aot",
            "conductor.main.Main",
            "ps",
            "--json");
  }

  /** N15. */
  @Test
  void showsWhatMavenSaysWithoutItsColours() throws Exception {
    machine.jdk("/opt/jdk", "25");
    machine.maven(
        "printf '\\033[0m\\033[1;31mred\\033[m\\n'; mkdir -p target/lib; echo jar > target/conductor.jar");

    assertThat(machine.run().err()).endsWith("\nred\n").doesNotContain("\u001b");
  }

  /** S6. */
  @Test
  @Timeout(60)
  void givesJavaAnEmptyInputWhereItIsClosedAndLetsItBeEnded() throws Exception {
    Path jdk = machine.jdk("/opt/jdk", "25");
    machine.run();
    Machine.program(
        jdk.resolve("bin/java"), "#!/bin/sh\n/bin/cat\necho end\nexec /bin/sleep 300\n");

    Process process = machine.shell("exec \"$0\" repl <&-");

    assertThat(process.inputReader().readLine()).isEqualTo("end");
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
  }

  /** S6. */
  @ParameterizedTest
  @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"})
  void givesJavaAllItsStreamsWhateverIsClosed(String closed) throws Exception {
    Path jdk = machine.jdk("/opt/jdk", "25");
    machine.run();
    Path open = directory.resolve("open");
    Machine.program(
        jdk.resolve("bin/java"),
        "#!/bin/sh\nfor fd in 0 1 2 3; do [ ! -e /proc/$$/fd/$fd ] || echo $fd >> '%s'; done\n"
            .formatted(open));

    assertThat(machine.shell("\"$0\" repl " + closed).waitFor()).isZero();

    assertThat(open).hasContent("0\n1\n2");
  }

  @Test
  void goesOnWithoutACacheThatCannotBeMade() throws Exception {
    Path jdk = machine.jdk("/opt/jdk", "25");
    Machine.program(
        jdk.resolve("bin/java"),
        "#!/bin/sh\ncase \"$*\" in *AOTCacheOutput*) echo x >> '%s'; exit 1 ;; esac\necho \"$*\"\n"
            .formatted(directory.resolve("tries")));

    machine.run();
    var ended = machine.run();

    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).singleElement().asString().doesNotContain("AOTCache");
    assertThat(directory.resolve("tries")).hasContent("x\nx");
  }

  @Test
  void runsADistributionWithoutBuilding() throws Exception {
    machine.jdk("/opt/jdk", "25");
    Path unpacked = machine.at("/unpacked");
    Path launcher = Machine.program(unpacked.resolve("bin/conductor"), machine.script());
    Path jar = Files.createDirectories(unpacked.resolve("lib")).resolve("conductor.jar");

    assertThat(machine.runAt(launcher).err()).contains(jar + " is missing");
    Files.writeString(jar, "");
    assertThat(machine.runAt(launcher, "ps").err())
        .isEqualTo("conductor: preparing faster starts; this is done once\n");
    var ended = machine.runAt(launcher, "ps");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .contains("-XX:AOTCache=" + jar.resolveSibling("conductor-25-look.aot"))
        .containsSubsequence("-Dconductor.home=" + unpacked, "-cp", jar.toString(), "ps");
    assertThat(machine.builds()).isEmpty();
  }

  /** Gives a file a time after the last build, whatever the clock's grain. */
  private void touchAfterTheBuild(Path file) throws IOException {
    var built = Files.getLastModifiedTime(machine.checkout().resolve("target/conductor.jar"));
    Files.setLastModifiedTime(file, FileTime.from(built.toInstant().plus(Duration.ofSeconds(1))));
  }
}
