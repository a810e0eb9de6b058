package conductor.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Performs command lines beside each other in one process: they read nothing, ask nobody, and what
 * they print is kept. Safe for use by several threads.
 */
public record CapturedCommands(CommandLines commands, CommandContext context) {

  /**
   * How a command ended.
   *
   * @param code its exit code
   * @param out what it printed to standard output, without white space around it
   * @param err the same of standard error
   */
  public record Ended(int code, String out, String err) {}

  public Ended execute(List<String> words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console = new Console(stream(out), stream(err), false, false, false, true);
    var quiet =
        new CommandContext(
            console,
            InputStream.nullInputStream(),
            context.environment(),
            context.directory(),
            context.home(),
            context.locks());
    int code = commands.execute(quiet, words.toArray(String[]::new));
    return new Ended(code, text(out), text(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }
}
