package conductor.effect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One prompt to an agent and its answer.
 *
 * @param number its number in the conversation, counted from 1
 * @param status {@code DONE} when it was answered, {@code ERROR} or {@code ABORTED} when it ended
 *     otherwise, {@code RUNNING} before
 * @param answer the answer, or what went wrong; empty before the turn has ended
 * @param endedAt null before the turn has ended
 */
public record AgentTurn(
    int number,
    String prompt,
    AgentStatus status,
    String answer,
    Instant askedAt,
    @Nullable Instant endedAt) {}
