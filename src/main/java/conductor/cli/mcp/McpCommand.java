package conductor.cli.mcp;

import conductor.cli.CapturedCommands;
import conductor.cli.CommandLines;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/**
 * Lets agent programs start and watch runs: a server of the Model Context Protocol on standard
 * input and output, whose tools are commands of conductor. What it is made of is loaded when it is
 * called, and not when its help is printed.
 */
@Command(
    name = "mcp",
    description = {
      "Serves the Model Context Protocol on standard input and output, for agent programs: tools to start runs, to"
          + " watch them, to answer and to stop them. Ends at the end of the input."
    },
    footer = {"", "Example:", "  claude mcp add conductor -- conductor mcp"})
public final class McpCommand extends Subcommand {

  private final CommandLines commands;

  /** Creates the command, given how the others are called. */
  public McpCommand(CommandLines commands) {
    this.commands = commands;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (json) {
      throw new UsageError("mcp speaks a protocol on standard output: it has no --json");
    }
    if (console().terminal()) {
      console().say("this is for agent programs, which start it themselves: 'conductor help mcp'");
    }
    // scripts that are planned run in this process: what they print or read is no protocol
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    System.setIn(InputStream.nullInputStream());
    new ToolServer(new CapturedCommands(commands, context()), places().state().root()).serve();
    return Exit.OK;
  }
}
