package conductor.handlers.git;

/**
 * What a commit says of itself.
 *
 * @param name the author's
 * @param email the author's
 * @param date when it was written: seconds and zone, as git takes it in {@code GIT_AUTHOR_DATE}
 * @param message to the letter, and the end of a line
 */
public record CommitText(String name, String email, String date, String message) {

  /** Returns the author, as in a trailer. */
  public String author() {
    return "%s <%s>".formatted(name, email).strip();
  }
}
