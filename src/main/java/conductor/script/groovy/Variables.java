package conductor.script.groovy;

import groovy.lang.Binding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of a session; what a statement did to them can be taken back. */
final class Variables extends Binding {

  private final Map<String, Optional<Before>> undo = new LinkedHashMap<>();

  /** What a variable held; it may have been null. */
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

  /** Returns what they hold by now, in the order in which they came to be. */
  @SuppressWarnings("unchecked")
  synchronized Map<String, @Nullable Object> all() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(getVariables()));
  }

  /** What was done so far stands. */
  synchronized void keep() {
    undo.clear();
  }

  /** Takes back what was done since {@link #keep}. */
  synchronized void undo() {
    undo.forEach((name, before) ->
        before.ifPresentOrElse(
            value -> super.setVariable(name, value.value()), () -> removeVariable(name)));
    undo.clear();
  }
}
