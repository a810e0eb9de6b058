package conductor.config;

import org.jspecify.annotations.Nullable;

/**
 * One value that is set.
 *
 * @param key dotted, such as {@code agents.mine.command}
 * @param value text, number, boolean, list or null
 * @param origin the flag, variable or file that set it, or {@code default}
 */
public record Setting(String key, @Nullable Object value, String origin) {}
