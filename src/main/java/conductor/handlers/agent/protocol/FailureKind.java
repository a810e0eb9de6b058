package conductor.handlers.agent.protocol;

/** The kinds of failures of a turn or of the opening of a session. */
public enum FailureKind {
  /** The vendor rejects the request. */
  REFUSED,
  RATE_LIMITED,
  OVERLOADED,
  /** There is no login or API key, or an invalid one. */
  NOT_LOGGED_IN,
  /** The program speaks a version of the protocol that conductor does not support. */
  TOO_OLD,
  /** The conversation exceeds the model's context. */
  CONTEXT_FULL,
  /** A permission was denied, and the program ended its turn because of that. */
  DENIED,
  /** The session that should be resumed does not exist. */
  SESSION_GONE,
  /** Anything else. */
  OTHER;

  public static FailureKind ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> NOT_LOGGED_IN;
      case 429 -> RATE_LIMITED;
      case 503, 529 -> OVERLOADED;
      case 413 -> CONTEXT_FULL;
      default -> status >= 400 && status < 500 ? REFUSED : OTHER;
    };
  }
}
