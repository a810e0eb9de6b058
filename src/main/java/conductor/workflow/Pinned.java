package conductor.workflow;

import conductor.effect.Issue;
import conductor.effect.Program;
import conductor.script.CompiledCache;
import conductor.script.Library;
import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import conductor.state.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The copy that a run keeps of what it started with, so that it resumes from that and not from
 * files edited since (law 11): the script, the files it loaded, its parameters and issue.
 *
 * @param v the format
 * @param name the workflow's name
 * @param template the template's name; null for a file
 * @param file the script's file as the user gave it; errors name it
 * @param project the directory it was started in
 * @param agent the agent type used when the script names none; null when there was none
 * @param parent the run that started this one; null when a person did
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

  public static final int FORMAT = 1;

  private static final String ABOUT = "run.json";
  private static final String MAIN = "main";

  /**
   * Returns the directory of the copy.
   *
   * @param edition of the script: the epoch of its last edit, 0 for the first script
   */
  public static Path source(RunDirectory run, int edition) {
    return edition == 0 ? run.source() : run.source().resolve("edited-" + edition);
  }

  /** Returns a copy with another script's file and default agent. */
  public Pinned with(String file, @Nullable String agent) {
    return new Pinned(v, name, template, file, project, agent, params, issue, parent);
  }

  /** Returns a copy with other parameters. */
  public Pinned with(Map<String, @Nullable Object> params) {
    return new Pinned(v, name, template, file, project, agent, params, issue, parent);
  }

  /**
   * Writes this record, the script, the files that it loaded, and the files that define effects,
   * with the digests of all.
   */
  public void write(Path source, String script, List<Path> loaded, Library library) {
    AtomicFile.write(source.resolve(main()), script);
    for (int n = 0; n < library.effects().size(); n++) {
      Path file = library.effects().get(n);
      AtomicFile.write(
          effects(source).resolve("%03d".formatted(n)).resolve(file.getFileName()),
          TextFile.read(file));
    }
    for (Path file : loaded) {
      for (Path root : library.roots()) {
        if (file.startsWith(root)) {
          AtomicFile.write(
              lib(source).resolve(root.relativize(file).toString()), TextFile.read(file));
          break;
        }
      }
    }
    AtomicFile.write(source.resolve(ABOUT), StateJson.pretty(this));
    PinnedFiles.of(source).write(source);
  }

  /**
   * Reads the record after checking the digests of all files, to execute the run.
   *
   * @throws conductor.state.UnreadableState when a file is not what was written
   */
  public static Pinned whole(Path source) {
    PinnedFiles.require(source, _ -> true);
    return read(source);
  }

  /**
   * Reads the record after checking its digest alone.
   *
   * @throws conductor.state.UnreadableState when it is not what was written
   */
  public static Pinned read(Path source) {
    PinnedFiles.require(source, ABOUT::equals);
    return StateJson.read(source.resolve(ABOUT), Pinned.class, FORMAT);
  }

  /**
   * Compiles the kept script and returns its program.
   *
   * @param cache keeps compiled workflows
   */
  public Program program(Path source, Optional<CompiledCache> cache) {
    Library library = library(source).kept(cache);
    return Language.compile(file, script(source), library).program(params, issue);
  }

  public String script(Path source) {
    return TextFile.read(source.resolve(main()));
  }

  /** Returns the kept files that the script may import, and those that define effects. */
  public static Library library(Path source) {
    var effects = new ArrayList<Path>();
    for (int n = 0; Files.isDirectory(effects(source).resolve("%03d".formatted(n))); n++) {
      effects.addAll(Library.scriptsIn(effects(source).resolve("%03d".formatted(n))));
    }
    return new Library(List.of(lib(source)), effects);
  }

  /** Returns the directory of the files that the script loaded. */
  public static Path lib(Path source) {
    return source.resolve("lib");
  }

  private static Path effects(Path source) {
    return source.resolve("effects");
  }

  private String main() {
    return MAIN + Language.of(file).suffix();
  }
}
