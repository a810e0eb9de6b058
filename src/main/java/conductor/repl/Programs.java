package conductor.repl;

/**
 * The command lines of the person's own programs.
 *
 * @param editor edits a file
 * @param pager shows a file page by page
 */
public record Programs(String editor, String pager) {}
