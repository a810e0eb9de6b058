package conductor.script.groovy;

import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import java.util.Map;
import java.util.Objects;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/**
 * The base class of the entries of a session: finds the methods of earlier entries, and reports
 * which statement it has reached.
 */
public abstract class SessionScript extends WorkflowScript {

  private @Nullable GroovySession session;

  void enter(GroovySession session) {
    this.session = session;
  }

  /**
   * Reports to the session that a statement begins; generated code calls it before each top-level
   * statement.
   *
   * @param statement its index, from 0
   */
  protected void _at_(int statement) throws InterruptedException {
    Objects.requireNonNull(session).reached(statement);
  }

  /**
   * Hands over to the session the variables of the blocks, closures and method around a statement
   * that begins; generated code calls it where a script is looked into.
   */
  protected void _scope_(Map<String, @Nullable Object> values) {
    Objects.requireNonNull(session).scope(values);
  }

  @Override
  public @Nullable Object invokeMethod(String name, Object arguments) {
    try {
      return super.invokeMethod(name, arguments);
    } catch (MissingMethodException e) {
      Closure<?> method = session == null ? null : session.method(name);
      if (method == null || !e.getMethod().equals(name) || e.getType() != getClass()) {
        throw e;
      }
      return method.call(InvokerHelper.asArray(arguments));
    }
  }
}
