package conductor.handlers.agent;

import java.util.List;

/**
 * The commands and redirections of a shell line.
 *
 * @param commands the commands in the order in which they were read
 * @param redirects the files that are opened for the commands
 */
record ShellCommands(List<Simple> commands, List<Redirect> redirects) {

  /**
   * A simple command: a program with its arguments, or assignments alone.
   *
   * @param words the words without quotes
   * @param source the text in the line
   */
  record Simple(List<String> words, String source) {}

  /** A redirection to or from a file. */
  record Redirect(String file, boolean writes) {}
}
