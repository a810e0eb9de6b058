package conductor.cli.command;

import conductor.cli.ClosedPipe;
import conductor.cli.DirectoryWatch;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.Target;
import conductor.cli.UsageError;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import conductor.run.record.Inbox;
import conductor.run.record.OpenGates;
import conductor.state.RunDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the output of an agent as it comes, and sends it the lines that are typed. */
@Command(
    name = "attach",
    description = {
      "Shows what an agent says as it says it, and sends it the lines that are typed.",
      "A file that it changes is one line, its path and how many lines came and went.",
      "/allow and /deny answer what it asks, /cancel cancels its turn; // begins a text with a slash.",
      "Waits for an agent that has not started yet. Ends with the run, at the end of the input, or with /detach; the agent goes on."
    },
    footer = {"", "Example:", "  conductor attach wf-1a2b3c:impl"})
public final class AttachCommand extends Subcommand {

  private static final List<String> COMMANDS = List.of("/allow", "/deny", "/cancel", "/detach");

  @Parameters(
      paramLabel = "RUN[:AGENT]",
      description = "the agent; may be left out when there is one")
  String target = "";

  @Option(names = "--diffs", description = "with what it changes in files, line by line")
  boolean diffs;

  @Override
  public Integer call() throws InterruptedException {
    Target asked = Target.of(target);
    RunDirectory run = run(asked.run());
    awaitAgent(run, asked.agent());
    String agent = asked.agent().map(name -> Target.agent(run, name)).orElseGet(() -> only(run));
    console().say("attached to %s:%s; /detach leaves".formatted(run.id(), agent));
    var logs = new LogsCommand();
    logs.parent = parent;
    logs.stateDir = stateDir;
    logs.target = run.id() + ":" + agent;
    logs.follow = true;
    logs.diffs = diffs;
    Thread output = Thread.ofVirtual().start(() -> show(logs));
    Thread input = Thread.ofPlatform().daemon().start(() -> read(run, agent, output));
    output.join();
    input.interrupt();
    return Exit.OK;
  }

  /** Waits until the agent has started, or none will any more. */
  private void awaitAgent(RunDirectory run, Optional<String> wanted) throws InterruptedException {
    BooleanSupplier isOver = () -> store().isAtRest(store().meta(run));
    if (isThere(run, wanted) || isOver.getAsBoolean()) {
      return;
    }
    List<String> names = Target.agents(run);
    console()
        .say(
            "%s has no agent%s yet%s; waiting until it starts"
                .formatted(
                    run.id(),
                    wanted.map(name -> " '" + name + "'").orElse(""),
                    names.isEmpty() ? "" : ", it has " + String.join(", ", names)));
    new DirectoryWatch(run.root(), () -> List.of(run.agents()))
        .until(() -> isThere(run, wanted) || isOver.getAsBoolean(), DirectoryWatch.FOREVER);
  }

  private static boolean isThere(RunDirectory run, Optional<String> wanted) {
    return Target.agents(run).stream().anyMatch(name -> name.startsWith(wanted.orElse("")));
  }

  private static void show(LogsCommand logs) {
    try {
      logs.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedPipe e) {
      // nobody reads the output any more
    }
  }

  private static String only(RunDirectory run) {
    List<String> names = Target.agents(run);
    if (names.size() != 1) {
      throw new UsageError(
          "name the agent: %s:AGENT; it has %s"
              .formatted(run.id(), names.isEmpty() ? "none" : String.join(", ", names)));
    }
    return names.getFirst();
  }

  private void tell(RunDirectory run, String agent, String line) {
    var inbox = new Inbox(run);
    switch (line) {
      case "" -> {}
      case "/cancel" -> inbox.cancelAgent(agent, Instant.now());
      case "/allow", "/deny" -> console().say(answered(run, agent, line.substring(1)));
      default -> {
        if (line.startsWith("/") && !line.startsWith("//")) {
          console().warn(unknown(line.split(" ", 2)[0]));
        } else {
          inbox.send(agent, line.startsWith("//") ? line.substring(1) : line, Instant.now());
        }
      }
    }
  }

  /** A typing error must not become a turn that is paid for. */
  private static String unknown(String command) {
    return "there is no command '%s'; there are %s; a text that begins with a slash is sent with two: /%s"
        .formatted(command, String.join(", ", COMMANDS), command);
  }

  /** Answers an agent's question and says what became of it: the first answer wins. */
  private static String answered(RunDirectory run, String agent, String answer) {
    var inbox = new Inbox(run);
    Optional<Gate> open =
        OpenGates.of(run).unanswered().stream()
            .filter(gate -> gate.position().startsWith(agent + ":"))
            .findFirst();
    if (open.isPresent()) {
      return GateList.answer(run, open.get(), answer)
          .orElseGet(() -> "answered %s: %s".formatted(open.get().position(), answer));
    }
    return inbox.letters().stream()
        .filter(letter -> letter.kind().equals("answer"))
        .filter(letter -> String.valueOf(letter.to()).startsWith(agent + ":"))
        .max(Comparator.comparing(Inbox.Letter::at))
        .map(first -> "%s was answered before: %s".formatted(first.to(), first.text()))
        .orElse(agent + " asks nothing now");
  }

  private void read(RunDirectory run, String agent, Thread output) {
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.strip().equals("/detach")) {
          output.interrupt();
          return;
        }
        tell(run, agent, line.strip());
      }
    } catch (IOException e) {
      output.interrupt();
    }
  }
}
