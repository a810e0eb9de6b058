package conductor.script.java;

import java.util.List;

/**
 * How a compiled snippet is evaluated.
 *
 * @param moved variables whose class was compiled anew; they take their values before the calls
 * @param calls the methods to call, in order: {@code type method}
 * @param settled variables that take the value of others after the calls
 * @param hasValue whether the value of the last call is the snippet's
 */
record JavaEvaluation(
    List<Moved> moved, List<String> calls, List<Moved> settled, boolean hasValue) {

  /** A variable: a static field of a class. */
  record Variable(String type, String name) {}

  /** A variable that is to take the value of another one. */
  record Moved(Variable from, Variable to) {}
}
