package conductor.handlers.agent.protocol;

/** What goes wrong with a turn. */
public enum Trouble {
  /** The vendor refuses the request as it is. */
  REFUSED,
  /** The vendor takes no more work for now. */
  RATE_LIMITED,
  /** The vendor has no room right now. */
  OVERLOADED,
  /** There is no key, or a wrong one. */
  NOT_LOGGED_IN,
  /** It speaks a version of the protocol that is not spoken here. */
  TOO_OLD,
  /** The conversation is longer than the model reads. */
  CONTEXT_FULL,
  /** A permission was refused, and the program ends its turn for that. */
  DENIED,
  /** The session that was to go on is not there. */
  SESSION_GONE,
  /** Anything else. */
  OTHER;

  /** Returns the trouble that an HTTP status tells of. */
  public static Trouble ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> NOT_LOGGED_IN;
      case 429 -> RATE_LIMITED;
      case 503, 529 -> OVERLOADED;
      case 413 -> CONTEXT_FULL;
      default -> status >= 400 && status < 500 ? REFUSED : OTHER;
    };
  }
}
