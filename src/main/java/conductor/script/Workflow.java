package conductor.script;

import conductor.effect.Issue;
import conductor.effect.Program;
import conductor.effect.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled and checked workflow, in whichever language it is written. Nothing of it has run. An
 * instance serves one run; a second run needs an instance of its own.
 *
 * @param name the script's source name, see {@link SourceName}
 * @param warnings the findings of the checks, sorted by place; none is an error
 * @param vocabulary the effects that it may use: the built-in ones, its own and the library's
 * @param definitions the files that define own effects, by the effects' names
 * @param loaded the files besides the script and those that define effects
 */
public record Workflow(
    String name,
    ScriptInfo info,
    List<Finding> warnings,
    Needs needs,
    Vocabulary vocabulary,
    Map<String, Path> definitions,
    List<Path> loaded,
    Maker maker) {

  /**
   * Makes the program of a compiled script from checked parameters; the issue is null when none was
   * given.
   */
  public interface Maker {
    Program program(Map<String, @Nullable Object> params, @Nullable Issue issue);
  }

  public Workflow {
    warnings = warnings.stream().sorted(Finding.ORDER).toList();
    definitions = Map.copyOf(definitions);
    loaded = List.copyOf(loaded);
  }

  /** Returns the name of the script's file without directories, as stack frames have it. */
  public String fileName() {
    return SourceName.last(name);
  }

  /**
   * Returns the program that runs the workflow with these parameters.
   *
   * @throws BadParameters when the parameters are not those that the script declares
   */
  public Program program(Map<String, ?> params, @Nullable Issue issue) {
    return maker.program(info.check(params), issue);
  }
}
