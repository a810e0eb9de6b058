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

  final JavaSource source;
  final Vocabulary vocabulary;
  final Set<String> types;
  final boolean session;
  final Set<Finding> findings = new LinkedHashSet<>();
  final Set<String> effects = new TreeSet<>();
  final Set<String> agentTypes = new TreeSet<>();
  final Set<YieldSite> sites = new LinkedHashSet<>();

  /** The offsets at which agents are run; those in {@link #typed} name the agent's type. */
  final Set<Integer> agents = new TreeSet<>();

  final Set<Integer> typed = new TreeSet<>();
  boolean issue;

  JavaUses(JavaSource source, Vocabulary vocabulary, Set<String> types, boolean session) {
    this.source = source;
    this.vocabulary = vocabulary;
    this.types = Set.copyOf(types);
    this.session = session;
  }
}
