package conductor.modelserver;

/**
 * Tokens that the model reports for a turn: always the same, so that a sum tells how many turns
 * were counted.
 *
 * @param input tokens that were read afresh
 * @param cacheRead tokens read from a cache
 * @param cacheWrite tokens written to a cache
 * @param output tokens of the answer
 */
public record Tokens(long input, long cacheRead, long cacheWrite, long output) {

  public static final Tokens NONE = new Tokens(0, 0, 0, 0);

  /** What each turn costs: OpenAI and Gemini count 300 of their 1000 as cached, or do not say. */
  public static Tokens ofOneTurn(Protocol protocol) {
    return switch (protocol) {
      case MESSAGES -> new Tokens(1000, 300, 200, 50);
      case RESPONSES -> new Tokens(700, 300, 0, 50);
      case CHAT, GEMINI -> new Tokens(1000, 0, 0, 50);
    };
  }

  public Tokens plus(Tokens other) {
    return new Tokens(
        input + other.input,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite,
        output + other.output);
  }

  long read() {
    return input + cacheRead;
  }

  public long total() {
    return input + cacheRead + cacheWrite + output;
  }
}
