package conductor.effect;

/**
 * Wraps an exception of script code that is no failure of an effect, such as a failed assertion or
 * a number that cannot be read, for {@code Try} and {@code Gather(fail_fast: false)}. The exception
 * itself is the cause.
 */
public final class ScriptFailed extends Failure {

  /** The exception's type, such as {@code NumberFormatException}. */
  public final String type;

  /** The exception's message. */
  public final String reason;

  public ScriptFailed(String type, String reason) {
    super(reason.isEmpty() ? type : type + ": " + reason);
    this.type = type;
    this.reason = reason;
  }

  /**
   * Returns whether {@code Try} and {@code Gather} may hold what escaped from a branch: not a
   * cancellation, nor an error of the virtual machine but for an overflow of the stack.
   */
  public static boolean isHeld(Throwable thrown) {
    return thrown instanceof StackOverflowError
        || !(thrown instanceof Cancelled || thrown instanceof VirtualMachineError);
  }

  /** Returns what escaped from a branch as a failure: itself when it is one. */
  public static Failure of(Throwable thrown) {
    if (thrown instanceof Failure failure) {
      return failure;
    }
    String name = thrown.getClass().getName();
    String message = thrown.getMessage();
    var failed =
        new ScriptFailed(
            name.substring(name.lastIndexOf('.') + 1), message == null ? "" : message.strip());
    failed.initCause(thrown);
    failed.setStackTrace(thrown.getStackTrace());
    return failed;
  }
}
