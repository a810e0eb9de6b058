package conductor.web;

/** What a page says of a journal. */
final class JournalShown {

  private JournalShown() {}

  /** A line, with its number from 1 on. */
  record Line(String element, int number, String text) {}

  /** Which lines are shown of how many. */
  record Range(String run, int page, int pages, int lines) {}
}
