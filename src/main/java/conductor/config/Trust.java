package conductor.config;

import conductor.effect.FileNotTrusted;
import conductor.error.Reason;
import conductor.process.Screening;
import conductor.state.AtomicFile;
import conductor.state.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides whether the programs that a project's {@code .conductor} names may run here: agents,
 * hooks, MCP servers, skills, workflows and what they import, and the files of the repository that
 * its commands name. A person trusts them with their present content; a change must be trusted
 * anew. Where such a command runs in a worktree, the files there must have trusted content too.
 *
 * <p>The record of a project, a file, begins with the digest of all that was trusted last. A line
 * follows for each content of a file that was ever trusted, so that worktrees that began earlier go
 * on.
 */
public final class Trust implements Screening {

  private static final List<String> RUNS =
      List.of(
          "agents.",
          "profiles.",
          "mcp.",
          "skills.",
          "worktree.",
          "forge.",
          "params.",
          "roles.",
          "notify.");
  private static final String CONFIG = "config.yaml";

  private final Places places;

  public Trust(Places places) {
    this.places = places;
  }

  /** Returns the files and settings that could run something, a line each. */
  public List<String> brings() {
    return places.projectConfig().map(this::brings).orElse(List.of());
  }

  private List<String> brings(Path project) {
    String keys = running(project).stream().map(Setting::key).collect(Collectors.joining(", "));
    return files(project).stream()
        .filter(file -> !(keys.isEmpty() && file.equals(project.resolve(CONFIG))))
        .map(file -> file.equals(project.resolve(CONFIG)) ? file + ": " + keys : file.toString())
        .toList();
  }

  private static List<Setting> running(Path project) {
    Path file = project.resolve(CONFIG);
    return Files.isRegularFile(file)
        ? new ConfigurationFile(file)
            .settings().stream().filter(one -> runs(one.key()) || floods(one)).toList()
        : List.of();
  }

  /** Returns whether a setting lets more agents run at once than the machine has cores for. */
  static boolean floods(Setting setting) {
    return setting.key().equals("caps.agents")
        && setting.value() instanceof Number most
        && most.intValue() > Runtime.getRuntime().availableProcessors();
  }

  static boolean runs(String key) {
    return RUNS.stream().anyMatch(key::startsWith);
  }

  /** Returns whether there is nothing to trust, or it was trusted as it is now. */
  public boolean given() {
    return brings().isEmpty() || known().stream().findFirst().equals(Optional.of(digest()));
  }

  /** Returns whether the project was trusted once, with other content than now. */
  public boolean changed() {
    return !known().isEmpty() && !given();
  }

  /** Throws {@link NotTrusted} when nobody trusted the project as it is now. */
  public void require() {
    if (!given()) {
      throw new NotTrusted(
          "%s; it could run programs on this machine:\n  %s\nlook at it, then run 'conductor trust'"
              .formatted(
                  places.projectConfig().orElseThrow()
                      + (changed() ? " changed since it was trusted" : " is not trusted"),
                  String.join("\n  ", brings())));
    }
  }

  public void give() {
    var lines = new TreeSet<>(known().stream().skip(1).toList());
    lines.addAll(contents());
    AtomicFile.write(record(), digest() + "\n" + String.join("\n", lines) + "\n");
  }

  public void revoke() {
    try {
      Files.deleteIfExists(record());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + record() + ": " + Reason.of(e), e);
    }
  }

  @Override
  public void screen(Collection<String> texts, Path worktree, Path directory) {
    Optional<Path> project = places.projectConfig();
    if (project.isEmpty()) {
      return;
    }
    var paths = new NamedPaths(places.project());
    Set<String> ours = texts(project.get());
    List<String> trusted = trusted();
    List<String> named = texts.stream().filter(ours::contains).map(paths::expanded).toList();
    for (Path start : new TreeSet<>(List.of(worktree, directory))) {
      for (Path file : new NamedFiles(worktree, start).of(named)) {
        require(trusted, worktree, file);
      }
    }
    for (Path file : new NamedFiles(places.project(), places.project()).absolute(named)) {
      require(trusted, places.project(), file);
    }
  }

  private static void require(List<String> trusted, Path root, Path file) {
    if (!trusted.contains(line(root.resolve(file), file.toString()))) {
      throw new FileNotTrusted(root.resolve(file));
    }
  }

  /** Returns the lines, made by {@link #line}, of file contents that may run. */
  private List<String> trusted() {
    List<String> known = known();
    // a record of an older version has no lines: its digest stands for all present contents
    return known.size() == 1 && given() ? contents() : known;
  }

  /** Returns the lines of the record, the digest first; none when nobody trusts the project. */
  private List<String> known() {
    try {
      return Files.exists(record()) ? Files.readAllLines(record()) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + record() + ": " + Reason.of(e), e);
    }
  }

  private Path record() {
    String project = places.projectConfig().orElseThrow().toString();
    String name = Digest.sha256(project.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    return places.state().root().resolve("trust").resolve(name);
  }

  private String digest() {
    Path project = places.projectConfig().orElseThrow();
    var all = new StringBuilder();
    for (Path file : files(project)) {
      all.append(line(file, project.relativize(file).toString())).append('\n');
    }
    return Digest.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a line for each trusted file inside the repository, which its worktrees have too. */
  private List<String> contents() {
    Path root = places.project();
    return files(places.projectConfig().orElseThrow()).stream()
        .filter(file -> file.startsWith(root))
        .map(file -> line(file, root.relativize(file).toString()))
        .toList();
  }

  /** Returns a line of the digest of a file's content and its name. */
  private static String line(Path file, String name) {
    try {
      return Digest.sha256(Files.readAllBytes(file)) + " " + name;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  /** Returns the words of the project's commands, as given and as run, and of its variables. */
  private Set<String> texts(Path project) {
    var paths = new NamedPaths(places.project());
    var texts = new TreeSet<String>();
    for (Setting setting : running(project)) {
      Object value = setting.value();
      List<?> all = value instanceof List<?> words ? words : List.of(String.valueOf(value));
      List<String> given = all.stream().map(String::valueOf).toList();
      List<String> expanded = given.stream().map(paths::expanded).toList();
      texts.addAll(given);
      texts.addAll(expanded);
      texts.addAll(paths.beside(setting, expanded));
      if (setting.key().startsWith("skills.")) {
        texts.addAll(skills(setting));
      }
    }
    return texts;
  }

  /** Returns the files of a directory of skills in the repository, by their whole paths. */
  private List<String> skills(Setting setting) {
    Path directory = setting.file().toAbsolutePath().normalize();
    return directory.startsWith(places.project())
        ? SkillFiles.below(directory).stream().map(Path::toString).toList()
        : List.of();
  }

  /** Returns the files in {@code .conductor}, and those that its settings name. */
  private List<Path> files(Path project) {
    var files = new TreeSet<>(within(project));
    Path root = places.project();
    Set<String> texts = texts(project);
    for (Path start : List.of(root, project)) {
      new NamedFiles(root, start).of(texts).forEach(file -> files.add(root.resolve(file)));
    }
    return List.copyOf(files);
  }

  private static List<Path> within(Path project) {
    // files that links lead to could run like files that lie there themselves
    try (Stream<Path> files = Files.walk(project, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      throw new BadConfiguration(
          "cannot look through "
              + project
              + ": "
              + Reason.of(Objects.requireNonNull(e.getCause())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + project + ": " + Reason.of(e), e);
    }
  }
}
