package conductor.handlers.forge.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.cli.Project;
import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.config.Places;
import conductor.handlers.forge.Workplace;
import conductor.journal.Redactor;
import conductor.state.Locks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is promised of each known forge, for every one there is: see adding-a-forge.md. */
class KnownForgesTest {

  @TempDir private Path temp;
  private Workplace work;

  @BeforeEach
  void workplace() throws Exception {
    work = new Workplace(temp, temp.resolve("origin.git"));
  }

  static List<KnownForge> forges() {
    return KnownForges.all();
  }

  private ProjectForges project(Map<String, Object> settings) {
    Places places =
        Places.of(work.environment, work.repo, temp, Optional.of(temp.resolve("state")));
    return new ProjectForges(
        places,
        Configuration.load(places, settings),
        new Locks(),
        () -> Redactor.of(work.environment, List.of()),
        InstantSource.system());
  }

  @Test
  void eachIsThereOnce() {
    assertThat(KnownForges.names()).doesNotHaveDuplicates().contains("local", "github");
    assertThatThrownBy(() -> project(Map.of("forge.type", "sourcehut")))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining(String.join(", ", KnownForges.names()));
  }

  @ParameterizedTest
  @MethodSource("forges")
  void aDescriptionIsWhole(KnownForge forge) {
    ForgeDescription.isWhole(forge);
  }

  @ParameterizedTest
  @MethodSource("forges")
  void thePagesTellOfIt(KnownForge forge) {
    String page = read(Project.home().resolve("docs/forges.md"));
    String settings = read(Project.home().resolve("docs/configuration.md"));

    assertThat(page)
        .containsPattern("(?m)^## (?:" + forge.name() + "|" + forge.title() + ")$")
        .containsPattern("(?m)^\\| .* \\| `" + forge.name() + "`");
    assertThat(forge.variables()).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    assertThat(forge.settings())
        .allSatisfy(key -> {
          assertThat(page).contains(key.replace("forge.", "  ") + ":");
          assertThat(settings).contains("`" + key + "`");
        });
  }

  /** Whatever it is, it is held to {@link conductor.handlers.forge.Forge}'s numbers. */
  @ParameterizedTest
  @MethodSource("forges")
  void theContractOfForgesIsRunOnIt(KnownForge forge) throws Exception {
    Path tests = Project.home().resolve("src/test/java/conductor/handlers/forge");
    try (Stream<Path> files = Files.list(tests.resolve(forge.name()))) {
      assertThat(files).anyMatch(file -> read(file).contains(" extends ForgeContract {"));
    }
  }

  /** What doctor prints of a forge is what its place says of itself. */
  @Test
  void aPlaceTellsWhichForgeItIsOf() throws Exception {
    assertThat(project(Map.of()).place(work.git()).about())
        .isEqualTo("local: pull requests are kept on this host");

    work.sh("git -C repo remote set-url origin git@github.com:me/it.git");

    assertThat(project(Map.of()).place(work.git()).about())
        .isEqualTo("github, https://github.com/me/it");
    assertThat(project(Map.of("forge.type", "local")).place(work.git()).about())
        .startsWith("local: ");
  }

  @Test
  void doctorNamesTheForge() throws Exception {
    Project project = Project.withOrigin(Files.createDirectory(temp.resolve("project")));

    assertThat(project.conductor("doctor").out())
        .containsPattern("(?m)^ok forge +local: pull requests are kept on this host$");
  }

  /** A name elsewhere would be knowledge that a description lacks. */
  @Test
  void noOtherSourceNamesAForge() throws Exception {
    var name = Pattern.compile("\"(?:" + String.join("|", KnownForges.names()) + ")\"");
    Path sources = Project.home().resolve("src/main/java/conductor");
    try (Stream<Path> files = Files.walk(sources)) {
      assertThat(files.filter(Files::isRegularFile))
          .filteredOn(file -> name.matcher(read(file)).find())
          .extracting(file -> sources.relativize(file).toString())
          .containsExactlyInAnyOrder(
              "handlers/forge/project/Local.java", "handlers/forge/project/GitHub.java");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
