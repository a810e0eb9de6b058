package conductor.app;

import conductor.effect.Issue;
import conductor.script.Library;
import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run keeps of its beginning, so that it resumes from there and not from what was edited
 * since (law 11): the script, the files it loaded, its parameters and issue.
 *
 * @param v the format
 * @param name the workflow's name
 * @param template the template's name; null for a file
 * @param file the script's file as the user gave it; errors name it
 * @param agent the agent type used when the script names none; null when there was none
 */
public record Pinned(
    int v,
    String name,
    @Nullable String template,
    String file,
    Path project,
    @Nullable String agent,
    Map<String, @Nullable Object> params,
    @Nullable Issue issue,
    @Nullable String parent) {

  static final int FORMAT = 1;

  private static final String ABOUT = "run.json";
  private static final String MAIN = "main.groovy";

  /** Writes it, with the script, what it loaded, and the files that define effects. */
  void write(RunDirectory run, String script, List<Path> loaded, Library library) {
    AtomicFile.write(run.source().resolve(MAIN), script);
    for (int n = 0; n < library.effects().size(); n++) {
      Path file = library.effects().get(n);
      AtomicFile.write(
          effects(run).resolve("%03d".formatted(n)).resolve(file.getFileName()), text(file));
    }
    for (Path file : loaded) {
      for (Path root : library.roots()) {
        if (file.startsWith(root)) {
          AtomicFile.write(lib(run).resolve(root.relativize(file).toString()), text(file));
          break;
        }
      }
    }
    AtomicFile.write(run.source().resolve(ABOUT), StateJson.pretty(this));
  }

  static Pinned read(RunDirectory run) {
    return StateJson.read(run.source().resolve(ABOUT), Pinned.class, FORMAT);
  }

  static String script(RunDirectory run) {
    return text(run.source().resolve(MAIN));
  }

  /** What the script found beside itself when the run began. */
  static Library library(RunDirectory run) {
    var effects = new ArrayList<Path>();
    for (int n = 0; Files.isDirectory(effects(run).resolve("%03d".formatted(n))); n++) {
      effects.addAll(Scripts.scriptsIn(effects(run).resolve("%03d".formatted(n))));
    }
    return new Library(List.of(lib(run)), effects);
  }

  private static Path lib(RunDirectory run) {
    return run.source().resolve("lib");
  }

  private static Path effects(RunDirectory run) {
    return run.source().resolve("effects");
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
