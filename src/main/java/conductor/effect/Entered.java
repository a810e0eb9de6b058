package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * The text that a person entered into a session.
 *
 * @param text one line or more
 * @param file the file it was read from, as the person named it; null when it was typed
 */
public record Entered(String text, @Nullable String file) {}
