package conductor.engine;

import conductor.effect.Body;
import conductor.effect.Effect;
import conductor.effect.Site;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.MemoryJournal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Ends the work of effects that an edit dropped while they were under way. Performs no effect anew
 * and writes nothing to the run's journal.
 */
public final class Abandonment {

  private final LinkedBlockingQueue<LoopEvent> mail = new LinkedBlockingQueue<>();
  private final Codec codec;
  private final Dispatcher dispatcher;

  /** Returns an instance for the effects of one run, which the history holds as open. */
  public Abandonment(
      String run, History history, Codec codec, Handlers handlers, InstantSource clock) {
    this.codec = codec;
    var trace = new Trace(new MemoryJournal(), RunListener.none());
    this.dispatcher =
        new Dispatcher(trace, history, codec, handlers, Parking.never(), run, clock, mail);
  }

  /** Has handlers abandon these effects, and returns when none of their work goes on. */
  public void of(List<Entry.Asked> open) throws InterruptedException {
    open.stream().map(this::abandoned).forEach(dispatcher::await);
    dispatcher.dispatch();
    for (int left = open.size(); left > 0; ) {
      switch (mail.take()) {
        case LoopEvent.Performed performed -> {
          dispatcher.performed(performed);
          left--;
        }
        case LoopEvent.StepBegins step -> dispatcher.steps().begins(step);
        case LoopEvent.StepEnds step -> dispatcher.steps().ends(step);
        case LoopEvent.Breaks breaks -> throw breaks.error();
        case LoopEvent.StillRunning _,
            LoopEvent.Says _,
            LoopEvent.WaitsForPerson _,
            LoopEvent.Decided _ -> {}
        case LoopEvent.Asks _,
            LoopEvent.Ends _,
            LoopEvent.Stop _,
            LoopEvent.Suspend _,
            LoopEvent.Interrupt _ ->
            throw new IllegalStateException("no branch is at work");
      }
    }
  }

  private Pending abandoned(Entry.Asked open) {
    Effect<?> effect = codec.decodeEffect(open.effect(), open.arguments());
    var body = new Body.Single(effect);
    var branch = new Branch(open.position().branch(), null, null, null, body, Site.HOST);
    var pending =
        new Pending(
            open.position(),
            branch,
            new Request(effect, Site.HOST, open.arguments(), open.hash(), null));
    pending.abandoned = true;
    return pending;
  }
}
