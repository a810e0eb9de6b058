package conductor.effect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An effect that a script defines itself, with a handler in script. An engine knows it only as the
 * name and arguments of a {@link Control.Handled} scope.
 *
 * @param name as scripts write it
 * @param arguments all of them, by name, in the order in which they are declared
 */
public record Own(String name, Map<String, @Nullable Object> arguments)
    implements Effect<@Nullable Object> {

  public Own {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  @Override
  public String kind() {
    return name;
  }

  @Override
  public String toString() {
    return name + arguments;
  }
}
