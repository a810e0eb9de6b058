package conductor.script.groovy;

/**
 * The source of the class from which scripts import {@code yield}. Each run's class loader compiles
 * it anew, with the static methods behind {@code yield}, {@code handling} and the names of own
 * effects, so that they work in every class of a script.
 */
final class YieldClass {

  static final String NAME = "conductor.workflow.Yield";
  static final String FILE = "Yield.groovy";

  /** The property that holds the run's {@link ScriptRuntime}. */
  static final String PERFORMING = "performing";

  static final String OWN = "_own_";

  static final String SOURCE =
      """
      package conductor.workflow
      class Yield {
        static conductor.script.groovy.ScriptRuntime performing
        static Object _yld_(Object effect) { performing.perform(effect) }
        static Object perform(Object effect) { performing.perform(effect) }
        static Object _yld_(Object effect, int line) { performing.perform(effect, line) }
        static Object perform(Object effect, int line) { performing.perform(effect, line) }
        static Object _own_(String name, Object... arguments) { performing.own(name, arguments) }
        static Object handling(Map handlers, Closure block) { performing.handling(handlers, block) }
        static Object handling(Object... arguments) { throw performing.mishandled(arguments) }
      }
      """;

  private YieldClass() {}
}
