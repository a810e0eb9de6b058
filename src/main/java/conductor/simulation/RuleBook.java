package conductor.simulation;

import conductor.scenario.Rule;
import conductor.scenario.Rule.Subject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of a scenario during one run: counts what each has matched. For one thread. */
final class RuleBook {

  private final List<Rule> rules;
  private final Map<Rule, Integer> met = new HashMap<>();
  private final Set<Rule> used = new HashSet<>();

  RuleBook(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * Returns the first rule for an effect.
   *
   * @param seen what can be told of it, by the parts of its subject
   */
  Optional<Rule> find(Subject subject, Map<String, String> seen) {
    Optional<Rule> found = Optional.empty();
    for (Rule rule : rules) {
      if (rule.subject() == subject && rule.fits(seen)) {
        int nth = met.merge(rule, 1, Integer::sum);
        if (found.isEmpty() && rule.isFor(nth)) {
          found = Optional.of(rule);
        }
      }
    }
    found.ifPresent(used::add);
    return found;
  }

  /** Returns the rules that were for nothing. */
  List<Rule> unused() {
    return rules.stream().filter(rule -> !used.contains(rule)).toList();
  }
}
