package conductor.script.groovy;

/**
 * The class that scripts import their {@code yield} from. Each run's class loader has one of its
 * own, with the static methods behind {@code yield}, {@code handling} and the names of own effects,
 * so that they work in every class of a script.
 */
final class YieldClass {

  static final String NAME = "conductor.workflow.Yield";
  static final String FILE = "Yield.groovy";

  /** The property that holds what performs the run's effects. */
  static final String PERFORMING = "performing";

  /** The method that constructs own effects. */
  static final String OWN = "_own_";

  /** Its Groovy source. */
  static final String SOURCE =
      """
      package conductor.workflow
      class Yield {
        static conductor.script.groovy.ScriptRuntime performing
        static Object _yld_(Object effect) { performing.perform(effect) }
        static Object perform(Object effect) { performing.perform(effect) }
        static Object _own_(String name, Object... arguments) { performing.own(name, arguments) }
        static Object handling(Map handlers, Closure block) { performing.handling(handlers, block) }
        static Object handling(Object... arguments) { throw performing.mishandled(arguments) }
      }
      """;

  private YieldClass() {}
}
