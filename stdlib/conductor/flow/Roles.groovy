package conductor.flow

/**
 * Who does what: the agents of a workflow by role, {@code writer}, {@code reviewer} and {@code tester}. Each is the
 * name of an agent, or a map with {@code agent}, {@code profile} and {@code model}; a role that is not given is the
 * default agent's.
 */
class Roles {

  static final List<String> ALL = ['writer', 'reviewer', 'tester']
  private static final List<String> PARTS = ['agent', 'profile', 'model']

  /**
   * Says who has a role.
   *
   * @return a map with {@code agent}, {@code profile} and {@code model}; what is not given is null
   */
  static Map of(Map agents, String role) {
    return parts(role, agents?.get(role))
  }

  /** Tells who has the roles of a workflow, where that is not always the default agent. */
  static void tell(Map agents, List<String> roles = ALL) {
    def told = agents?.subMap(roles)
    if (told) {
      yield Status('who does what', told.collect { role, given -> "$role: ${named(role, given)}" }.join(', '))
    }
  }

  /** Says who has a role, of what is given for it. */
  static Map parts(String role, given) {
    if (given instanceof Map) {
      def wrong = given.keySet() - PARTS
      if (wrong) {
        throw new IllegalArgumentException("the role '$role' has ${PARTS.join(', ')}; found ${wrong.join(', ')}")
      }
      return [agent: given.agent, profile: given.profile, model: given.model]
    }
    return [agent: given, profile: null, model: null]
  }

  private static String named(String role, given) {
    return parts(role, given).values().findAll().join(' ')
  }
}
