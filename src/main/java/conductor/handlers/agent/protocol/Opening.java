package conductor.handlers.agent.protocol;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a conversation begins.
 *
 * @param directory where the agent works
 * @param resumes the session that goes on, as the program named it; null for a new one
 * @param forks whether the session that goes on is left as it is and a copy of it goes on
 * @param forksAt where in the session the copy ends, as {@link Dialogue#place} named it; null for
 *     all of it
 * @param model as the program names it; null for its default
 * @param mode how freely the program works, as it names it; null for the protocol's default
 * @param effort how hard it thinks, as it names it; null for its default
 * @param schema the JSON schema of the answers; null for text
 * @param spent what the session has used before, as far as it is known
 */
public record Opening(
    Path directory,
    @Nullable String resumes,
    boolean forks,
    @Nullable String forksAt,
    @Nullable String model,
    @Nullable String mode,
    @Nullable String effort,
    @Nullable String schema,
    Usage spent) {}
