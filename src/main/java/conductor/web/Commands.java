package conductor.web;

import java.util.List;

/**
 * Performs what a person asks for on a page, as commands of conductor do: no page acts by itself.
 */
@FunctionalInterface
public interface Commands {

  /**
   * How a command ended.
   *
   * @param ok whether it did what was asked
   * @param said what it printed for people
   */
  record Done(boolean ok, String said) {}

  /** Performs a command line; safe for use by several threads. */
  Done perform(List<String> words);
}
