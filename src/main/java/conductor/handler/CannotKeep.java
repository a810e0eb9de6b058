package conductor.handler;

import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A handler cannot write or read what it keeps of its acts, as on a full disk. That is no reply to
 * an effect: the run stops, what goes on without the host goes on, and a later process takes it up.
 */
public final class CannotKeep extends UncheckedIOException {

  private CannotKeep(UncheckedIOException cause) {
    super(
        cause.getMessage() + "; the run stops here and can be resumed",
        Objects.requireNonNull(cause.getCause()));
  }

  /** An act whose files are kept by its handler, and nobody else's. */
  public static <T extends @Nullable Object> Act<T> orStop(Act<T> act) {
    return switch (act) {
      case Act.Repeatable<T>(var work) -> Act.repeatable(orStop(work));
      case Act.Adoptable<T>(var work, var adopt, var abandon) ->
          Act.adoptable(orStop(work), orStop(adopt), orStop(abandon));
      case Act.Indeterminate<T>(var work) -> Act.indeterminate(orStop(work));
    };
  }

  private static <T extends @Nullable Object> Act.Work<T> orStop(Act.Work<T> work) {
    return call -> {
      try {
        return work.run(call);
      } catch (CannotKeep e) {
        throw e;
      } catch (UncheckedIOException e) {
        throw new CannotKeep(e);
      }
    };
  }
}
