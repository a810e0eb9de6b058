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
 * A workflow, compiled and checked, in whichever language it is written. Nothing of it has run. For
 * one run: a second needs a second one.
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

  /** Makes the program of a compiled script. */
  public interface Maker {
    Program program(Map<String, @Nullable Object> params, @Nullable Issue issue);
  }

  /**
   * Returns a script that was compiled and checked.
   *
   * @param findings all of them; none is an error
   * @param definitions the files that define own effects, by the effects' names
   * @param loaded the files besides the script and those that define effects
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

  /** Returns what the script says of itself. */
  public ScriptInfo info() {
    return info;
  }

  /** Returns what the checks found that does not stop a run. */
  public List<Finding> warnings() {
    return warnings;
  }

  /** Returns the effects that the script knows, its own and those of the library among them. */
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

  /** Returns the name of the script's file, as calls have it. */
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

  /** Returns whether the script itself answers for agents, so that perhaps none is run. */
  public boolean handlesAgents() {
    return needs.handlesAgents();
  }

  /** Returns whether the script takes for granted that there is an issue. */
  public boolean needsIssue() {
    return needs.needsIssue();
  }

  /** Returns the files that were loaded besides the script and those that define effects. */
  public List<Path> loaded() {
    return loaded;
  }

  /**
   * Returns the workflow with its parameters.
   *
   * @param params by name
   * @param issue what {@code issue} is in the script; null when none was given
   * @throws BadParameters when they are not what the script declares
   */
  public Program program(Map<String, ?> params, @Nullable Issue issue) {
    return maker.program(info.check(params), issue);
  }
}
