package conductor.handlers.forge;

import conductor.handlers.people.Shown;

/** Prepares titles for forges. */
public final class Titles {

  private Titles() {}

  /** Returns a title without line breaks and other control characters. */
  public static String oneLine(String title) {
    return Shown.oneLine(title);
  }
}
