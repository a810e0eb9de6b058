package conductor.handlers.git;

/**
 * The author, date and message of a commit.
 *
 * @param date when it was written: seconds and zone, as git takes it in {@code GIT_AUTHOR_DATE}
 * @param message the message unchanged, with a line feed at its end
 */
public record CommitText(String name, String email, String date, String message) {

  /** Returns the author as {@code NAME <EMAIL>}, as trailers name people. */
  public String author() {
    return "%s <%s>".formatted(name, email).strip();
  }
}
