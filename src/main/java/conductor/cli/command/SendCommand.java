package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.Target;
import conductor.cli.UsageError;
import conductor.run.record.Inbox;
import conductor.run.record.RunMeta;
import conductor.state.RunDirectory;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends a message to an agent. */
@Command(
    name = "send",
    description = "Sends a message to an agent: once, after the turn it is in.",
    footer = {"", "Example:", "  conductor send wf-1a2b3c:impl 'Mention the flags too'"})
public final class SendCommand extends Subcommand {

  @Parameters(index = "0", paramLabel = "RUN:AGENT", description = "the agent")
  String target = "";

  @Parameters(index = "1", arity = "1..*", paramLabel = "MESSAGE", description = "what to say")
  List<String> message = List.of();

  @Override
  public Integer call() {
    Target asked = Target.of(target);
    RunDirectory run = run(asked.run());
    String agent =
        Target.agent(
            run,
            asked
                .agent()
                .orElseThrow(() -> new UsageError("name the agent: " + run.id() + ":AGENT")));
    RunMeta meta = store().meta(run);
    if (meta.status().ended()) {
      throw new UsageError("%s has ended: its agents take no messages".formatted(run.id()));
    }
    String id = new Inbox(run).send(agent, String.join(" ", message), Instant.now());
    if (store().isAtRest(store().meta(run))) {
      console()
          .warn(
              "nobody executes %s: the message is delivered when it is resumed"
                  .formatted(run.id()));
    }
    print(new Sent(id, agent), List.of("sent to " + run.id() + ":" + agent));
    return Exit.OK;
  }

  /** What {@code --json} prints. */
  record Sent(String id, String agent) {}
}
