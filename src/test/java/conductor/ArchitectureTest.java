package conductor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Keeps the floors, walls and fences of ARCHITECTURE.md: change the two together. */
class ArchitectureTest {

  /** A package uses only packages on lower floors. */
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("error"),
          Set.of("effect", "state"),
          Set.of("effect.vocabulary", "journal", "process"),
          Set.of("config", "engine.handler", "scenario", "script"),
          Set.of("script.groovy", "engine", "handlers.agent.protocol", "handlers.people"),
          Set.of(
              "script.java",
              "handlers.agent.protocol.acp",
              "handlers.agent.protocol.claude",
              "handlers.agent.protocol.codex",
              "handlers.issue",
              "handlers.machine",
              "handlers.git"),
          Set.of("handlers.agent.known"),
          Set.of("workflow", "handlers.agent", "handlers.worktree"),
          Set.of("handlers.forge", "simulation", "run.record"),
          Set.of("handlers.forge.github", "handlers.forge.local", "report"),
          Set.of("handlers.forge.project"),
          Set.of("run.execution"),
          Set.of("plan", "repl", "testing"),
          Set.of("report.bundle", "web"),
          Set.of("cli"),
          Set.of("cli.syntax", "cli.view"),
          Set.of("cli.command", "cli.demo", "cli.doctor"),
          Set.of("cli.setup", "cli.mcp"),
          Set.of("main"));

  /** What a package must not use, though it may lie on a lower floor. */
  private static final List<Wall> WALLS =
      List.of(
          new Wall("script", "engine"),
          new Wall("engine", "script"),
          new Wall("handlers", "engine"),
          new Wall("process", "journal"));

  /** Where JSON and YAML are read and written. */
  private static final Set<String> JSON =
      Set.of(
          "state",
          "journal",
          "config",
          "script",
          "engine",
          "handlers.agent",
          "handlers.agent.known",
          "handlers.agent.protocol",
          "handlers.agent.protocol.acp",
          "handlers.agent.protocol.claude",
          "handlers.agent.protocol.codex",
          "handlers.issue",
          "handlers.forge.github",
          "handlers.forge.local",
          "run.record",
          "run.execution",
          "cli",
          "cli.command",
          "cli.view");

  /** Libraries, by the start of their classes' names, and the only packages that may use them. */
  private static final List<Fence> FENCES =
      List.of(
          new Fence("groovy.", Set.of("script.groovy")),
          new Fence("groovyjarjar", Set.of("script.groovy")),
          new Fence("org.codehaus.groovy.", Set.of("script.groovy")),
          new Fence("org.apache.groovy.", Set.of("script.groovy")),
          new Fence("jdk.jshell.", Set.of("script.java")),
          new Fence("com.sun.source.", Set.of("script.java")),
          new Fence("tools.jackson.", JSON),
          new Fence("com.fasterxml.jackson.", JSON),
          new Fence("com.networknt.", Set.of("handlers.agent")),
          new Fence("org.eclipse.jgit.", Set.of("handlers.git")),
          new Fence("io.modelcontextprotocol.", Set.of("cli.mcp")),
          new Fence("reactor.", Set.of("cli.mcp")),
          new Fence("gg.jte.", Set.of("report", "web")),
          new Fence("org.eclipse.jetty.", Set.of("web")),
          new Fence("org.apache.commons.", Set.of("report.bundle")),
          new Fence("org.jline.", Set.of("repl", "cli", "cli.view", "cli.command")),
          new Fence(
              "picocli.",
              Set.of(
                  "cli",
                  "cli.syntax",
                  "cli.view",
                  "cli.command",
                  "cli.demo",
                  "cli.doctor",
                  "cli.mcp",
                  "cli.setup",
                  "main")),
          new Fence("java.lang.ProcessBuilder", Set.of("process")));

  private static final Set<String> NAMES_THAT_SAY_NOTHING =
      Set.of("util", "common", "core", "impl", "model");

  /** A few classes that know each other can be read together; more cannot. */
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package conductor\\.([a-z.]+);");

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?conductor\\.([a-z]+(?:\\.[a-z]+)*)\\.[A-Z]");

  private static final int LARGEST_CIRCLE = 3;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("conductor");

  /** The packages at and below the first one, and the one that they must not use. */
  private record Wall(String from, String to) {}

  private record Fence(String library, Set<String> within) {}

  @Test
  void readsTheClassesThatItJudges() {
    assertThat(CLASSES).hasSizeGreaterThan(30);
    assertThat(CLASSES.contain("conductor.effect.Effect")).isTrue();
    assertThat(uses(any -> true)).isNotEmpty();
  }

  @Test
  void everyPackageStandsOnAFloor() {
    assertThat(CLASSES)
        .extracting(ArchitectureTest::packageOf)
        .allSatisfy(name -> assertThat(floor(name)).as(name).isNotNegative());
  }

  @Test
  void aPackageUsesOnlyLowerFloors() {
    assertThat(uses(ArchitectureTest::climbs)).isEmpty();
  }

  /**
   * Class files do not tell of inlined constants, nor ArchUnit of marks on a record's components.
   */
  @Test
  void anImportLeadsToALowerFloor() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("src/main/java/conductor"))) {
      files = all.filter(file -> file.toString().endsWith(".java")).toList();
    }
    var climbing = new TreeSet<String>();
    int imports = 0;
    for (Path file : files) {
      String text = Files.readString(file);
      String from = PACKAGE.matcher(text).results().findFirst().orElseThrow().group(1);
      for (MatchResult use : IMPORT.matcher(text).results().toList()) {
        imports++;
        if (floor(use.group(1)) >= floor(from) && !use.group(1).equals(from)) {
          climbing.add(file + ": " + use.group(1));
        }
      }
    }
    assertThat(imports).isGreaterThan(1000);
    assertThat(climbing).isEmpty();
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("conductor.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /**
   * Classes that all use each other, directly or by others, must be read as one. A sealed type that
   * only permits its kinds does not use them.
   */
  @Test
  void classesFormNoLargeCircles() {
    assertThat(circles()).filteredOn(circle -> circle.size() > LARGEST_CIRCLE).isEmpty();
  }

  @Test
  void findsTheCirclesThatItJudges() {
    assertThat(circles())
        .contains(Set.of("conductor.journal.BranchPath", "conductor.journal.Position"));
  }

  @ParameterizedTest
  @FieldSource("WALLS")
  void nothingGoesThroughAWall(Wall wall) {
    assertThat(
            uses(use ->
                (packageOf(use.getOriginClass()) + ".").startsWith(wall.from + ".")
                    && packageOf(use.getTargetClass()).equals(wall.to)))
        .isEmpty();
  }

  @ParameterizedTest
  @FieldSource("FENCES")
  void aLibraryStaysBehindItsFence(Fence fence) {
    assertThat(
            uses(use ->
                use.getTargetClass().getName().startsWith(fence.library)
                    && !fence.within.contains(packageOf(use.getOriginClass()))))
        .isEmpty();
  }

  @Test
  void nothingStartsAProcessThroughRuntime() {
    noClasses()
        .should()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class, String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class, String[].class, File.class)
        .check(CLASSES);
  }

  @Test
  void packageNamesSayWhatIsInThem() {
    assertThat(CLASSES)
        .allSatisfy(type ->
            assertThat(type.getPackageName().split("\\."))
                .doesNotContainAnyElementsOf(NAMES_THAT_SAY_NOTHING));
  }

  @Test
  void everyPackageIsCheckedForNull() {
    assertThat(CLASSES)
        .allSatisfy(type ->
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                .as("@NullMarked in package-info.java of " + type.getPackageName())
                .isTrue());
  }

  private static boolean climbs(Dependency use) {
    String from = packageOf(use.getOriginClass());
    String to = packageOf(use.getTargetClass());
    return floor(to) >= floor(from) && !from.equals(to);
  }

  /** What the classes use, as far as it is asked for, described for a person. */
  private static List<String> uses(Predicate<Dependency> asked) {
    return CLASSES.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(asked)
        .map(Dependency::getDescription)
        .toList();
  }

  /** The package of a class without {@code conductor}; empty for classes of libraries. */
  private static String packageOf(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith("conductor.") ? name.substring("conductor.".length()) : "";
  }

  /** The sets of top-level classes each of which leads to all others of its set. */
  private static Set<Set<String>> circles() {
    var uses = new TreeMap<String, Set<String>>();
    for (JavaClass type : CLASSES) {
      Set<String> used = uses.computeIfAbsent(outermost(type.getName()), _ -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(use -> outermost(use.getTargetClass().getBaseComponentType().getName()))
          .filter(name -> name.startsWith("conductor."))
          .forEach(used::add);
    }
    var reached = new TreeMap<String, Set<String>>();
    uses.keySet().forEach(from -> reached.put(from, reached(from, uses)));
    return uses.keySet().stream()
        .map(from ->
            reached.get(from).stream()
                .filter(to -> reached.get(to).contains(from))
                .collect(Collectors.toCollection(TreeSet::new)))
        .collect(Collectors.toSet());
  }

  private static Set<String> reached(String from, Map<String, Set<String>> uses) {
    var reached = new HashSet<>(Set.of(from));
    var ahead = new ArrayDeque<>(reached);
    while (!ahead.isEmpty()) {
      uses.get(ahead.remove()).stream().filter(reached::add).forEach(ahead::add);
    }
    return reached;
  }

  private static String outermost(String name) {
    return name.replaceFirst("\\$.*", "");
  }

  private static int floor(String name) {
    return IntStream.range(0, FLOORS.size())
        .filter(floor -> FLOORS.get(floor).contains(name))
        .findFirst()
        .orElse(-1);
  }
}
