package conductor.handlers.forge.github;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds the required checks of branches, from branch protection and rulesets. */
record Required(Client client, Slug base) {

  /** Returns the names of a branch's required checks; none when the token may not read them. */
  List<String> of(String target) throws InterruptedException {
    String branch = Pulls.path(target);
    var names = new LinkedHashSet<String>();
    JsonNode protection =
        client
            .get(base.at("/branches/" + branch))
            .body()
            .path("protection")
            .path("required_status_checks");
    protection.path("contexts").forEach(context -> names.add(context.asString("")));
    add(protection.path("checks"), names);
    for (JsonNode rule : client.readable(base.at("/rules/branches/" + branch))) {
      if (rule.path("type").asString("").equals("required_status_checks")) {
        add(rule.path("parameters").path("required_status_checks"), names);
      }
    }
    return new ArrayList<>(names);
  }

  private static void add(JsonNode checks, Set<String> names) {
    checks.forEach(check -> names.add(check.path("context").asString("")));
  }
}
