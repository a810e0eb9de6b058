package conductor.journal;

import java.time.Instant;
import java.util.List;

/**
 * What a handler had for the user, by its kind. The journal keeps only the text: here, and nowhere
 * else, a kind becomes text and text a kind again.
 */
public sealed interface Note {

  /** Returns the text that people read and the journal keeps. */
  String text();

  /** Returns the note of a text; a {@link Line} when it is of no kind that this version knows. */
  static Note of(String text) {
    if (text.equals(LostCommand.QUESTION)) {
      return new LostCommand();
    }
    return text.startsWith(Answered.START) ? new Answered(text) : new Line(text);
  }

  /** The question that {@code on_crash: 'ask'} asks about a command that was lost with the host. */
  record LostCommand() implements Note {

    private static final String QUESTION = "The command was lost with the host. Run it again?";

    /** The possible answers; the first one runs the command again. */
    public static final List<String> ANSWERS = List.of("rerun", "fail");

    @Override
    public String text() {
      return QUESTION;
    }
  }

  /** What the person said who answered a question: who, when and why, in a line. */
  record Answered(String text) implements Note {

    private static final String START = "answered by ";

    /** Returns the note of a person at a moment. */
    public static Answered of(String by, Instant at, String why) {
      return new Answered(START + by + " at " + at + ": " + why);
    }
  }

  /** Any other line. */
  record Line(String text) implements Note {}
}
