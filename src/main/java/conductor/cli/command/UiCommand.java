package conductor.cli.command;

import conductor.cli.CapturedCommands;
import conductor.cli.CommandLines;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.journal.Redactor;
import conductor.process.CannotRun;
import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import conductor.web.Commands;
import conductor.web.Ui;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves pages on the runs of the state directory to a browser of this machine. */
@Command(
    name = "ui",
    description = {
      "Serves pages to a browser of this machine: all runs as they go on, questions to answer, agents to speak to.",
      "Ends when it is interrupted; runs go on without it."
    },
    footer = {"", "Examples:", "  conductor ui", "  conductor ui --port 8100 --no-open wf-1a2b3c"})
public final class UiCommand extends Subcommand {

  private static final int PORT = 7410;
  private static final int LAST = 65_535;

  private final CommandLines commands;
  private final Map<String, Redactor> secrets = new ConcurrentHashMap<>();

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "the run to begin with")
  Optional<String> id = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "the port to listen on, or the next that is free; 0 for any; default: 7410")
  int port = PORT;

  @Option(names = "--no-open", description = "print the address and open no browser")
  boolean closed;

  /** Creates the command, given how the others are called. */
  public UiCommand(CommandLines commands) {
    this.commands = commands;
  }

  /** What {@code --json} prints. */
  record Served(String address, int port) {}

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > LAST) {
      throw new UsageError("--port must be 0 to 65535, found " + port);
    }
    Optional<RunDirectory> run = id.map(this::run);
    try (Ui ui =
        Ui.serve(places().state(), port, this::perform, this::secrets, looking().forges()::git)) {
      if (port != 0 && ui.port() != port) {
        console().warn("port %d is taken: it is %d".formatted(port, ui.port()));
      }
      String address = ui.address(run.map(one -> "runs/" + one.id()).orElse(""));
      print(new Served(address, ui.port()), List.of(address));
      if (!closed && !json) {
        open(address, ui.port());
      }
      new CountDownLatch(1).await(); // until the process is interrupted
      return Exit.OK;
    } catch (IOException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  /** Reads the settings of a run's project once: a page asks for them each time that it is read. */
  private Redactor secrets(RunDirectory run) {
    return secrets.computeIfAbsent(run.id(), _ -> looking(run).secrets());
  }

  /**
   * Opens a page of our own that leads to the address: all users of the machine see the arguments
   * of the browser, and the address has the token.
   */
  private void open(String address, int at) throws InterruptedException {
    Path page = places().state().entries().resolve(at + ".html");
    AtomicFile.write(
        page,
        """
        <!doctype html>
        <meta charset="utf-8">
        <meta name="referrer" content="no-referrer">
        <meta http-equiv="refresh" content="0; url=%1$s">
        <title>conductor</title>
        <p><a href="%1$s">Pages of conductor</a></p>
        """
            .formatted(address));
    page.toFile().deleteOnExit();
    try {
      Browser.open(context(), page.toString());
    } catch (CannotRun e) {
      console().warn(String.valueOf(e.getMessage()));
    }
  }

  private Commands.Done perform(List<String> words) {
    var line = new ArrayList<>(words);
    line.addAll(1, List.of("--state-dir", places().state().root().toString()));
    CapturedCommands.Ended ended = new CapturedCommands(commands, context()).execute(line);
    return new Commands.Done(
        ended.code() == Exit.OK, ended.err().isEmpty() ? ended.out() : ended.err());
  }
}
