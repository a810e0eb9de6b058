package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.effect.AgentUsage;
import conductor.handlers.agent.AgentStatusFile;
import conductor.report.Changes;
import conductor.report.ReportPage;
import conductor.report.ReportReader;
import conductor.report.ReportSummary;
import conductor.run.execution.Conductor;
import conductor.run.record.RunMeta;
import conductor.run.record.RunView;
import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what a run did into one page. */
@Command(
    name = "report",
    description = {
      "Writes what a run did into one HTML file that needs no network: times, effects, agents, changes, script.",
      "Known secrets are replaced by their names; long texts are cut, and say so."
    },
    footer = {
      "",
      "Examples:",
      "  conductor report wf-1a2b3c -o report.html",
      "  conductor report wf-1a2b3c --open",
      "  conductor report wf-1a2b3c --format markdown"
    })
public final class ReportCommand extends Subcommand {

  /** What a report is written as. */
  enum Format {
    HTML,
    MARKDOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "RUN", description = "a run's id, a unique prefix of it, or its name")
  String id = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "the file, which is replaced; default: RUN.html in the current directory, and standard output for Markdown")
  @Nullable Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "html, or markdown: a summary for a comment or the page of a CI job")
  Format format = Format.HTML;

  @Option(
      names = "--open",
      description = "open the file in the browser: $BROWSER, else the desktop's")
  boolean open;

  @Override
  public Integer call() throws InterruptedException {
    if (open && format == Format.MARKDOWN) {
      throw new UsageError("--open shows an HTML file: leave out --format markdown");
    }
    RunDirectory run = run(id);
    RunMeta meta = store().meta(run);
    RunView view = store().view(run);
    Conductor conductor = looking(run);
    AgentUsage used = AgentStatusFile.used(run.agents());
    var changes = new Changes(conductor.forges()::git);
    var reader = new ReportReader(changes, conductor.secrets(), ZoneId.systemDefault());
    Instant now = Instant.now();
    String text =
        switch (format) {
          case HTML -> ReportPage.of(reader.read(run, meta, view, used, now));
          case MARKDOWN -> ReportSummary.of(reader.brief(run, meta, view, used, now));
        };
    if (output == null && format == Format.MARKDOWN) {
      print(new Printed(run.id(), text), text);
      return Exit.OK;
    }
    Path file = OutputFile.of(context(), output, run.id() + ".html");
    AtomicFile.write(file, text);
    if (open) {
      Browser.open(context(), file.toString());
    }
    print(new ExportCommand.Written(run.id(), file), List.of(file.toString()));
    return Exit.OK;
  }

  /** What {@code --json} prints of a report that is written to no file. */
  record Printed(String run, String markdown) {}
}
