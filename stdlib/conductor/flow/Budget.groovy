package conductor.flow

/** A limit on what agents may use. */
class Budget {

  private static final List<String> LIMITS = ['max_cost_usd', 'max_tokens']

  private final Map<String, Number> limits
  private final AgentUsage before
  private int underWay = 0

  private Budget(Map<String, Number> limits, AgentUsage before) {
    this.limits = limits
    this.before = before
  }

  /**
   * Runs a block in which agents may use so much and no more: all agents of all vendors, and child runs with them.
   *
   * Before a turn its likely use is set aside, the mean of the turns so far; what it really used counts when it has
   * ended. A turn for which too little is left is not begun: BudgetExceeded. Turns that are under way are let end, so
   * what was done is there.
   *
   * @param limits max_cost_usd, max_tokens (in and out together), or both
   * @return what the block returns
   */
  static Object budget(Map<String, Number> limits, Closure block) {
    def unknown = limits.keySet() - LIMITS
    if (unknown || !limits) {
      throw new IllegalArgumentException("a budget has ${LIMITS.join(' and ')}, found ${limits.keySet().join(', ')}")
    }
    def budget = new Budget(limits, yield Usage())
    def turn = { effect, perform -> budget.turn(effect, perform) }
    return handling(RunAgent: turn, SpawnAgent: turn, SendMessage: turn, block)
  }

  private Object turn(Object effect, Object perform) {
    refuseWhatIsTooMuch(yield Usage())
    underWay++
    try {
      return perform(effect)
    } finally {
      underWay--
    }
  }

  private void refuseWhatIsTooMuch(AgentUsage now) {
    int turns = now.turns - before.turns
    limits.each { limit, most ->
      def spent = amount(limit, now) - amount(limit, before)
      def setAside = turns > 0 ? spent / turns * (underWay + 1) : 0
      if (spent >= most || spent + setAside > most) {
        throw new BudgetExceeded(limit, most as double, spent as double)
      }
    }
  }

  private static Number amount(String limit, AgentUsage usage) {
    return limit == 'max_tokens' ? usage.inputTokens + usage.outputTokens : (usage.costUsd ?: 0)
  }
}
