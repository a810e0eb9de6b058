package conductor.report;

import conductor.handlers.people.Shown;
import conductor.journal.Redactor;

/**
 * Makes texts of agents, commands and issues fit to be shown to anyone: without known secrets,
 * control characters and changes of direction, and cut once a report holds too much. Not safe for
 * use by several threads.
 */
public final class Texts {

  /** What all texts of a report may have, in characters: the file stays below 20 MB. */
  private static final int ALL = 12_000_000;

  /** What one long text may have, in characters. */
  private static final int ONE = 1_000_000;

  private final Redactor secrets;
  private int left = ALL;

  public Texts(Redactor secrets) {
    this.secrets = secrets;
  }

  /** Returns a text of any length, such as a conversation; of a long one the end. */
  public String end(String text) {
    String shown = of(text);
    int room = Math.min(ONE, left);
    left -= Math.min(room, shown.length());
    if (shown.length() <= room) {
      return shown;
    }
    String kept = shown.substring(shown.length() - room);
    return "… %,d characters before this are left out\n".formatted(shown.length() - room)
        + kept.substring(Math.max(0, kept.indexOf('\n') + 1));
  }

  /** Returns a text of any length, such as a difference; of a long one the beginning. */
  public String beginning(String text) {
    String shown = of(text);
    int room = Math.min(ONE, left);
    left -= Math.min(room, shown.length());
    if (shown.length() <= room) {
      return shown;
    }
    return shown.substring(0, Math.max(0, shown.lastIndexOf('\n', room) + 1))
        + "… %,d characters after this are left out\n".formatted(shown.length() - room);
  }

  /** Returns a short text in several lines. */
  public String of(String text) {
    return Shown.of(secrets.redact(text));
  }

  /** Returns a short text in one line. */
  public String line(String text) {
    return Shown.oneLine(secrets.redact(text));
  }
}
