package conductor.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A key with its value and origin.
 *
 * @param key dotted, such as {@code agents.mine.command}
 * @param value text, number, boolean, list or null
 * @param origin the flag, variable or file that set it, or {@code default}
 */
public record Setting(String key, @Nullable Object value, String origin) {

  /** Returns the value as a file; one that a configuration file names is relative to that file. */
  Path file() {
    Path file = Path.of(String.valueOf(value));
    Path directory = Path.of(origin).getParent();
    return directory == null ? file : directory.resolve(file);
  }
}
