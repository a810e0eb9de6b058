package conductor.script;

import conductor.effect.Issue;
import conductor.effect.Program;
import conductor.effect.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled and checked workflow, in whichever language it is written. Nothing of it has run. An
 * instance serves one run; a second run needs an instance of its own.
 */
public final class Workflow {

  private final String name;
  private final ScriptInfo info;
  private final List<Finding> warnings;
  private final Needs needs;
  private final Vocabulary vocabulary;
  private final Map<String, Path> definitions;
  private final List<Path> loaded;
  private final Maker maker;

  /**
   * Makes the program of a compiled script from checked parameters; the issue is null when none was
   * given.
   */
  public interface Maker {
    Program program(Map<String, @Nullable Object> params, @Nullable Issue issue);
  }

  /**
   * Creates a workflow of a script that was compiled and checked.
   *
   * @param name the script's source name, see {@link SourceName}
   * @param findings all of them; none is an error
   * @param definitions the files that define own effects, by the effects' names
   * @param loaded the files besides the script and those that define effects
   * @param maker makes the program
   */
  public Workflow(
      String name,
      ScriptInfo info,
      List<Finding> findings,
      Needs needs,
      Vocabulary vocabulary,
      Map<String, Path> definitions,
      List<Path> loaded,
      Maker maker) {
    this.name = name;
    this.info = info;
    this.warnings = findings.stream().sorted(Finding.ORDER).toList();
    this.needs = needs;
    this.vocabulary = vocabulary;
    this.definitions = Map.copyOf(definitions);
    this.loaded = List.copyOf(loaded);
    this.maker = maker;
  }

  /** Returns the script's description and declared parameters. */
  public ScriptInfo info() {
    return info;
  }

  /** Returns the warnings of the checks, sorted by place. */
  public List<Finding> warnings() {
    return warnings;
  }

  /**
   * Returns the effects that the script may use: the built-in ones, its own and those of the
   * library.
   */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Returns the files that define own effects, by the effects' names. */
  public Map<String, Path> definitions() {
    return definitions;
  }

  /** Returns the places where the script and the files it loaded yield. */
  public List<YieldSite> yields() {
    return needs.sites();
  }

  /** Returns the name of the script's file without directories, as stack frames have it. */
  public String fileName() {
    return SourceName.last(name);
  }

  /** Returns the names of the effects that the script mentions. */
  public Set<String> effects() {
    return needs.effects();
  }

  /** Returns the agent types that the script names. */
  public Set<String> agentTypes() {
    return needs.agentTypes();
  }

  /** Returns whether the script runs an agent without naming its type. */
  public boolean usesDefaultAgent() {
    return needs.defaultAgent();
  }

  /**
   * Returns whether the script handles {@code RunAgent} itself, so that perhaps no agent is run.
   */
  public boolean handlesAgents() {
    return needs.handlesAgents();
  }

  /** Returns whether the script uses {@code issue} as one that is always given. */
  public boolean needsIssue() {
    return needs.needsIssue();
  }

  /** Returns the files that were loaded besides the script and those that define effects. */
  public List<Path> loaded() {
    return loaded;
  }

  /**
   * Returns the program that runs the workflow with these parameters.
   *
   * @param params by name
   * @param issue the value of {@code issue} in the script; null when none was given
   * @throws BadParameters when the parameters are not those that the script declares
   */
  public Program program(Map<String, ?> params, @Nullable Issue issue) {
    return maker.program(info.check(params), issue);
  }
}
