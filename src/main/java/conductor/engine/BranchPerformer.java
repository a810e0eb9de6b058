package conductor.engine;

import conductor.effect.Body;
import conductor.effect.Control;
import conductor.effect.Effect;
import conductor.effect.Guarded;
import conductor.effect.Performer;
import conductor.effect.Site;
import conductor.journal.Codec;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Performs the effects of scripts by way of the loop: finds the branch whose thread asks, hands the
 * effect to the loop and waits for the reply. Calls no handler.
 */
final class BranchPerformer implements Performer {

  private static final ScopedValue<Branch> CURRENT = ScopedValue.newInstance();

  private final Codec codec;
  private final BlockingQueue<LoopEvent> mail;

  BranchPerformer(Codec codec, BlockingQueue<LoopEvent> mail) {
    this.codec = codec;
    this.mail = mail;
  }

  void start(Branch branch) {
    Thread thread =
        Thread.ofVirtual()
            .name(branch.path.toString())
            .unstarted(() -> ScopedValue.where(CURRENT, branch).run(() -> run(branch)));
    branch.thread = thread;
    thread.start();
  }

  private void run(Branch branch) {
    Object value = null;
    Throwable thrown = null;
    try {
      value =
          switch (branch.body) {
            case Body.Single(Effect<?> effect) -> perform(effect, branch.site);
            case Body.Block(var block) -> block.call();
          };
    } catch (Throwable e) {
      thrown = e;
    }
    mail.add(new LoopEvent.Ends(branch, value, thrown));
  }

  @Override
  public @Nullable Object perform(Effect<?> effect, Site site) {
    Branch branch = current();
    mail.add(asked(branch, effect, site));
    return switch (branch.await()) {
      case Branch.Reply.Value(var value) -> value;
      case Branch.Reply.Raise(var error) -> throw sneaky(here(error, effect));
    };
  }

  private static Branch current() {
    if (!CURRENT.isBound() || !Thread.currentThread().equals(CURRENT.get().thread)) {
      throw new IllegalStateException(
          "an effect was asked for on a thread that conductor did not start; use Gather or Spawn to do things at once");
    }
    return CURRENT.get();
  }

  private LoopEvent asked(Branch branch, Effect<?> effect, Site site) {
    try {
      return new LoopEvent.Asks(branch, request(effect, site));
    } catch (UncheckedIOException e) { // large arguments are kept in files
      return LoopEvent.Breaks.of(e);
    }
  }

  private Request request(Effect<?> effect, Site site) {
    return switch (effect) {
      case Guarded<?>(var guarded, var onFailure) -> {
        Request inner = request(guarded, site);
        yield new Request(guarded, site, inner.arguments(), inner.hash(), onFailure);
      }
      case Control.Handled(var handled, var _) ->
          new Request(effect, site, codec.encodeArguments(handled), codec.hash(handled), null);
      case Control<?> _ ->
          new Request(effect, site, JsonNodeFactory.instance.objectNode(), "", null);
      default -> new Request(effect, site, codec.encodeArguments(effect), codec.hash(effect), null);
    };
  }

  /**
   * Puts the asking script's calls into an error's stack trace: in place of the decoder's, or, for
   * a control, behind those of the branch that failed.
   */
  private static Throwable here(Throwable error, Effect<?> effect) {
    StackTraceElement[] here = new Throwable().getStackTrace();
    error.setStackTrace(
        effect instanceof Control<?>
            ? Stream.concat(Stream.of(error.getStackTrace()), Stream.of(here))
                .toArray(StackTraceElement[]::new)
            : here);
    return error;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
    throw (E) error;
  }
}
