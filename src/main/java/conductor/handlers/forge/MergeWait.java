package conductor.handlers.forge;

import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.effect.PRReference;
import java.util.Optional;

/** Waits for the merge of a pull request by the forge or a person. */
final class MergeWait {

  private final Forge forge;
  private final PRHandle pr;
  private boolean hasQueue = true;
  private boolean left;

  MergeWait(Forge forge, PRHandle pr) {
    this.forge = forge;
    this.pr = pr;
  }

  /**
   * Returns the pull request once it is merged; empty while it is not.
   *
   * @throws ForgeFailure.NotMergeable when it was closed, or left the merge queue
   */
  Optional<PRHandle> look() throws InterruptedException {
    PRHandle now = forge.get(PRReference.of(pr));
    return switch (now.status()) {
      case MERGED -> Optional.of(now);
      case CLOSED -> throw new ForgeFailure.NotMergeable(pr.url(), "it was closed");
      case OPEN, DRAFT -> {
        if (hasQueue) {
          mustWait();
        }
        yield Optional.empty();
      }
    };
  }

  /** A merge ends its place in the queue too and may be shown later, so it is looked at twice. */
  private void mustWait() throws InterruptedException {
    Forge.MergeQueue queue = forge.mergeQueue(pr);
    hasQueue = queue.exists();
    if (left && queue.left().isPresent()) {
      throw new ForgeFailure.NotMergeable(
          pr.url(), "it left the merge queue: " + queue.left().get());
    }
    left = queue.left().isPresent();
  }
}
