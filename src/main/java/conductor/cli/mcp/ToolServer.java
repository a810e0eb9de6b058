package conductor.cli.mcp;

import conductor.cli.CapturedCommands;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.nio.file.Path;
import java.util.Objects;

/** A session of the protocol, with what is said of it to the client. */
record ToolServer(CapturedCommands commands, Path state) {

  private static final String INSTRUCTIONS =
      """
      conductor runs durable workflows of agents, each in git worktrees of its own. Start one with start_run, which \
      returns at once, then call wait_for_run until its status is done, error, aborted or blocked. A run that is blocked \
      asks a person: list_questions has the questions, and answer_question is for what your user has decided. A run that \
      was interrupted or failed goes on with resume_run. Workflows of the project that are not trusted are refused: your \
      user looks at them and runs 'conductor trust'.\
      """;

  /** Serves the client until the end of its input. */
  void serve() throws InterruptedException {
    var lines =
        new LineTransport(commands.context().in(), commands.context().console(), Tools.lasting());
    String version = ToolServer.class.getPackage().getImplementationVersion();
    McpServer.sync(lines)
        .serverInfo("conductor", Objects.requireNonNullElse(version, "0"))
        .instructions(INSTRUCTIONS)
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .immediateExecution(true) // on the threads of LineTransport, of which there are enough
        .tools(new Tools(commands, state).all())
        .build();
    lines.serve();
  }
}
