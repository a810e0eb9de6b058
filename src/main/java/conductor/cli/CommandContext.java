package conductor.cli;

import conductor.state.Locks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The surroundings of a command: its streams, environment and directories.
 *
 * @param in standard input
 * @param directory the current directory
 * @param home where conductor is installed
 * @param locks those of the process, which commands that run beside each other share
 */
public record CommandContext(
    Console console,
    InputStream in,
    Map<String, String> environment,
    Path directory,
    Path home,
    Locks locks) {

  public CommandContext(
      Console console, Map<String, String> environment, Path directory, Path home) {
    this(console, System.in, environment, directory, home, new Locks());
  }

  /** Returns the same surroundings with another environment. */
  public CommandContext with(Map<String, String> variables) {
    return new CommandContext(console, in, variables, directory, home, locks);
  }

  /** Returns all of standard input. */
  public String input() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
