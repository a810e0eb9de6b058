package conductor.workflow;

import conductor.config.Places;
import conductor.effect.vocabulary.Nearest;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.CompiledCache;
import conductor.script.Library;
import conductor.script.Workflow;
import conductor.state.TextFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds workflows by a template's name or a file, and compiles them. */
public final class Scripts {

  private static final String EFFECTS = "effects";
  private static final String BUILT_IN = "built-in";

  private final Places places;

  public Scripts(Places places) {
    this.places = places;
  }

  /**
   * A workflow that was found.
   *
   * @param template the template's name; null for a file
   * @param shown the file as the user gave it; {@code -} for none
   * @param given the text, when it is in no file
   */
  public record Found(
      String name, @Nullable String template, String shown, Path file, Optional<String> given) {

    Found(String name, @Nullable String template, String shown, Path file) {
      this(name, template, shown, file, Optional.empty());
    }

    public String text() {
      return given.orElseGet(() -> TextFile.read(file));
    }

    /** Throws {@link CannotStart} when a workflow needs an issue and none is given. */
    public void mustHaveIssue(Workflow workflow, boolean given) {
      if (workflow.needs().issue() && !given) {
        throw new CannotStart(name + " works on an issue; give one with --issue FILE|ID");
      }
    }
  }

  /**
   * A script that replaces the one that a run keeps.
   *
   * @param shown the file as the user gave it
   */
  public record Edited(String shown, Path file) {}

  /** Returns the templates of the project, the user and conductor. */
  public Templates templates() {
    var sources = new ArrayList<Templates.Source>();
    places
        .projectConfig()
        .ifPresent(
            project -> sources.add(new Templates.Source("project", project.resolve("workflows"))));
    sources.add(new Templates.Source("user", places.userConfig().resolve("workflows")));
    sources.add(new Templates.Source(BUILT_IN, places.home().resolve("workflows")));
    return new Templates(sources);
  }

  /**
   * Returns the workflow of a file or template. A name is a file only when it is written as one,
   * with a slash or the suffix of a language: a file that happens to have a template's name is
   * never run in its place.
   *
   * @throws CannotStart when there is none
   */
  public Found find(String given, Path directory) {
    Path file = directory.resolve(given);
    if (isPath(given) && Files.isRegularFile(file)) {
      String name = Language.withoutSuffix(file.getFileName().toString());
      return new Found(name, null, given, file);
    }
    Optional<Templates.Template> template = templates().find(given);
    if (template.isPresent()) {
      return new Found(given, given, template.get().file().toString(), template.get().file());
    }
    List<String> names = templates().all().stream().map(Templates.Template::name).toList();
    throw new CannotStart(
        "there is no file and no template '%s'%s; templates: %s%s"
            .formatted(
                given,
                Nearest.hint(given, names),
                String.join(", ", names),
                Files.isRegularFile(file) ? "; './%s' runs the file".formatted(given) : ""));
  }

  /** Returns the workflow of a text that is in no file; it imports classes from a directory. */
  public Found given(String text, Path directory) {
    return new Found("script", null, "-", directory.resolve("-"), Optional.of(text));
  }

  private static boolean isPath(String given) {
    return given.contains("/") || Language.written(given).isPresent();
  }

  /** Returns a message when a template of the project or the user replaces a built-in one. */
  public Optional<String> replaced(String given) {
    Templates all = templates();
    return isPath(given)
        ? Optional.empty()
        : all.find(given)
            .filter(found -> !found.origin().equals(BUILT_IN) && all.has(given, BUILT_IN))
            .map(found ->
                "'%s' is the %s's workflow %s, not the built-in one"
                    .formatted(given, found.origin(), found.file()));
  }

  /**
   * Returns the edited script with which a run is to continue: the one given, else the run's own
   * file as it is now.
   *
   * @throws CannotStart when there is no such file
   */
  public Found edited(Pinned run, Optional<Edited> edited) {
    String shown = edited.map(Edited::shown).orElse(run.file());
    Path file = edited.map(Edited::file).orElse(run.project().resolve(run.file()));
    if (!Files.isRegularFile(file)) {
      throw new CannotStart("there is no file %s; name the edited script".formatted(file));
    }
    return new Found(run.name(), run.template(), shown, file);
  }

  /** Returns the directories of imported classes; conductor's own comes first. */
  private List<Path> roots(Path file) {
    var roots = new ArrayList<Path>();
    roots.add(places.home().resolve("stdlib"));
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      roots.add(parent);
    }
    places.projectConfig().ifPresent(project -> roots.add(project.resolve("lib")));
    roots.add(places.userConfig().resolve("lib"));
    return roots;
  }

  /**
   * Compiles a workflow.
   *
   * @throws conductor.script.ScriptErrors when it does not compile or fails its checks
   */
  public Workflow compile(Found found) {
    return Language.compile(found.shown(), found.text(), library(found.file()));
  }

  /** Returns the files that a workflow may import, and those that define effects. */
  public Library library(Path file) {
    return new Library(roots(file), effects(), compiled());
  }

  /**
   * Returns where compiled workflows are kept; empty when conductor does not run from a jar, by
   * which its builds are told apart.
   */
  public Optional<CompiledCache> compiled() {
    try {
      Path jar = Path.of(Scripts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        return Optional.empty();
      }
      String build =
          "%s %d %s %s"
              .formatted(
                  jar,
                  Files.size(jar),
                  Files.getLastModifiedTime(jar).toInstant(),
                  Runtime.version());
      return Optional.of(new CompiledCache(places.state().compiled(), build));
    } catch (IOException | URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the built-in effects and those that files define.
   *
   * @param trusted whether to include those of the project
   * @throws conductor.script.ScriptErrors when a definition does not compile
   */
  public Known effects(boolean trusted) {
    List<Path> files =
        trusted ? effects() : Library.scriptsIn(places.userConfig().resolve(EFFECTS));
    if (files.isEmpty()) {
      return new Known(Vocabulary.standard(), Map.of());
    }
    Workflow none = Language.compile("-", "null", new Library(roots(places.directory()), files));
    return new Known(none.vocabulary(), none.definitions());
  }

  /**
   * The known effects.
   *
   * @param files where own effects are defined, by name
   */
  public record Known(Vocabulary vocabulary, Map<String, Path> files) {}

  /** Returns the files that define effects: the user's, then the project's. */
  private List<Path> effects() {
    var files = new ArrayList<>(Library.scriptsIn(places.userConfig().resolve(EFFECTS)));
    places
        .projectConfig()
        .ifPresent(project -> files.addAll(Library.scriptsIn(project.resolve(EFFECTS))));
    return files;
  }
}
