package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.error.Reason;
import conductor.handlers.agent.ScriptedAgent;
import conductor.script.groovy.AgentScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Plays one turn of an agent that is a Groovy script. Conductor starts this command as the agent's
 * program.
 */
@Command(
    name = "play",
    hidden = true,
    description = {
      "Plays one turn of an agent that is a Groovy script: the prompt comes from standard input, the reply goes to"
          + " standard output, the working directory is the worktree."
    },
    footer = {"", "Example:", "  echo 'fix it' | conductor play agent.groovy"})
public final class PlayCommand extends Subcommand {

  @Parameters(paramLabel = "SCRIPT", description = "the agent's script")
  Path script = Path.of("");

  @Override
  public Integer call() {
    var agent =
        new ScriptedAgent(
            prompt(), context().directory(), context().environment(), context().console().out());
    try {
      agent.play(context().directory().resolve(script));
      return Exit.OK;
    } catch (AgentScript.Fails e) {
      console().warn(String.valueOf(e.getMessage()));
      return e.code;
    }
  }

  private String prompt() {
    try {
      return context().input();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the prompt: " + Reason.of(e), e);
    }
  }
}
