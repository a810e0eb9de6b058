package conductor.handlers.agent;

import java.util.List;

/**
 * What a line for a shell does.
 *
 * @param commands in the order in which they were read
 * @param redirects the files that are opened for them
 */
record ShellCommands(List<Simple> commands, List<Redirect> redirects) {

  /**
   * A program with its arguments, or assignments alone.
   *
   * @param words without their quotes
   * @param source as it stands in the line
   */
  record Simple(List<String> words, String source) {}

  /** A file that is opened for a command. */
  record Redirect(String file, boolean writes) {}
}
