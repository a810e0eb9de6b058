package conductor.script;

import conductor.error.UserError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The error for unknown, missing or ill-typed parameters of a workflow. Nothing of the workflow has
 * run when it is thrown.
 */
public final class BadParameters extends UserError {

  private final @Nullable String unknown;

  public BadParameters(String message) {
    this(message, null);
  }

  BadParameters(String message, @Nullable String unknown) {
    super(Kind.REQUEST, message);
    this.unknown = unknown;
  }

  /**
   * Returns the parameter that was given and that the workflow does not declare; empty for another
   * error.
   */
  public Optional<String> unknown() {
    return Optional.ofNullable(unknown);
  }
}
