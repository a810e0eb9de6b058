package conductor.engine;

import conductor.journal.Codec;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;

/**
 * The objects that a run's loop works with.
 *
 * @param rehearsal whether the loop ends where the journal does, and performs nothing
 */
record LoopParts(
    Trace trace,
    History history,
    Codec codec,
    RunListener listener,
    RunState state,
    InstantSource clock,
    BlockingQueue<LoopEvent> mail,
    Dispatcher dispatcher,
    boolean rehearsal) {}
