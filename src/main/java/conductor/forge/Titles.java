package conductor.forge;

/** Titles as forges take them. */
public final class Titles {

  private Titles() {}

  /** A title without line breaks and other control characters. */
  public static String oneLine(String title) {
    return title.replaceAll("\\s*\\p{Cntrl}+\\s*", " ").strip();
  }
}
