package conductor.script.groovy;

import groovy.lang.Binding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of a session. The changes since the last {@link #keep} can be undone. */
final class Variables extends Binding {

  /** The name of the last value. */
  static final String LAST = "_";

  private final Map<String, Optional<Before>> undo = new LinkedHashMap<>();

  /** The earlier value of a variable; may be null. */
  private record Before(@Nullable Object value) {}

  Variables() {
    super(new LinkedHashMap<String, @Nullable Object>());
  }

  @Override
  public synchronized void setVariable(String name, @Nullable Object value) {
    undo.computeIfAbsent(
        name,
        key ->
            hasVariable(key) ? Optional.of(new Before(super.getVariable(key))) : Optional.empty());
    super.setVariable(name, value);
  }

  @Override
  public synchronized @Nullable Object getVariable(String name) {
    return super.getVariable(name);
  }

  @Override
  public synchronized boolean hasVariable(String name) {
    return super.hasVariable(name);
  }

  @Override
  public synchronized void removeVariable(String name) {
    super.removeVariable(name);
  }

  /**
   * Returns a copy of all variables by name but for the last value, in the order in which they were
   * first assigned.
   */
  @SuppressWarnings("unchecked")
  synchronized Map<String, @Nullable Object> all() {
    var all = new LinkedHashMap<String, @Nullable Object>(getVariables());
    all.remove(LAST);
    return Collections.unmodifiableMap(all);
  }

  /** Keeps all changes made so far. */
  synchronized void keep() {
    undo.clear();
  }

  /** Undoes all changes since {@link #keep}. */
  synchronized void undo() {
    undo.forEach((name, before) ->
        before.ifPresentOrElse(
            value -> super.setVariable(name, value.value()), () -> removeVariable(name)));
    undo.clear();
  }
}
