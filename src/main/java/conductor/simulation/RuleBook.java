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
   * A rule for an effect.
   *
   * @param nth the how many-eth effect it is of those of which the rest holds, from 1
   */
  record Met(Rule rule, int nth) {}

  /**
   * Returns the first rule for an effect.
   *
   * @param seen what can be told of it, by the parts of its subject
   */
  Optional<Met> find(Subject subject, Map<String, String> seen) {
    Optional<Met> found = Optional.empty();
    for (Rule rule : rules) {
      if (rule.subject() == subject && rule.fits(seen)) {
        int nth = met.merge(rule, 1, Integer::sum);
        if (found.isEmpty() && rule.isFor(nth)) {
          found = Optional.of(new Met(rule, nth));
        }
      }
    }
    found.map(Met::rule).ifPresent(used::add);
    return found;
  }

  /** Returns the rules that were for nothing. */
  List<Rule> unused() {
    return rules.stream().filter(rule -> !used.contains(rule)).toList();
  }
}
