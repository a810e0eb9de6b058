package conductor.script.java;

import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Finding;
import conductor.script.YieldSite;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects what a workflow in Java uses and the findings about it; {@link JavaScanner} fills it.
 */
final class JavaUses {

  private final JavaSource source;
  private final Vocabulary vocabulary;
  private final Set<String> types;
  private final boolean session;
  final Set<Finding> findings = new LinkedHashSet<>();
  final Set<String> effects = new TreeSet<>();
  final Set<String> agentTypes = new TreeSet<>();
  final Set<YieldSite> sites = new LinkedHashSet<>();

  /** The offsets at which agents are run; those in {@link #typed} name the agent's type. */
  final Set<Integer> agents = new TreeSet<>();

  final Set<Integer> typed = new TreeSet<>();
  boolean issue;

  /**
   * Creates an empty collection.
   *
   * @param types the names of the user's types that the workflow may use
   * @param session whether later entries may use what is declared here
   */
  JavaUses(JavaSource source, Vocabulary vocabulary, Set<String> types, boolean session) {
    this.source = source;
    this.vocabulary = vocabulary;
    this.types = Set.copyOf(types);
    this.session = session;
  }

  JavaSource source() {
    return source;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  Set<String> types() {
    return types;
  }

  boolean session() {
    return session;
  }
}
