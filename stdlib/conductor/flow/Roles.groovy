package conductor.flow

/**
 * Who does what: the agents of a workflow by role. The {@code writer} changes files and repairs, the {@code reviewer}
 * reviews, the {@code tester} writes tests, the {@code resolver} resolves merge conflicts, the {@code judge} decides
 * between variants and where reviewers are divided. Each is the name of an agent, or a map as RunAgent's {@code agent}
 * takes it; a role that is not given is the default agent's.
 */
class Roles {

  static final List<String> ALL = ['writer', 'reviewer', 'tester', 'resolver', 'judge']

  /**
   * Says who has a role.
   *
   * @return a map for {@code RunAgent(agent: ...)}; empty for the default agent
   */
  static Map of(Map agents, String role) {
    def given = agents?.get(role)
    return given instanceof Map ? given : given ? [agent: given] : [:]
  }

  /** Tells who has the roles of a workflow, where that is not always the default agent. */
  static void tell(Map agents, List<String> roles = ALL) {
    def told = agents?.subMap(roles)
    if (told) {
      yield Status('who does what', told.keySet().collect { "$it: ${named(of(agents, it))}" }.join(', '))
    }
  }

  private static String named(Map who) {
    def (names, rest) = who.findAll { it.value }.split { it.key in ['agent', 'profile', 'model'] }
    return (names*.value + rest.collect { it.key == 'system' ? 'system prompt' : "$it.key ${[it.value].flatten().join(' ')}" }).join(' ')
  }
}
