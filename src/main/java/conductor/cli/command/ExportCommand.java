package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes all that is known of a run into one file. */
@Command(
    name = "export",
    description = {
      "Writes journal, script, logs and description of a run into one ZIP file, to send or to keep.",
      "Known secrets are replaced by their names. The file is to be read, it cannot be resumed."
    },
    footer = {"", "Example:", "  conductor export wf-1a2b3c -o failed.zip"})
public final class ExportCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, a unique prefix of it, or its name")
  String id = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "the file, which is replaced; default: RUN.zip in the current directory")
  @Nullable Path output;

  @Override
  public Integer call() {
    RunDirectory run = run(id);
    Path file = OutputFile.of(context(), output, run.id() + ".zip");
    looking(run).export(run, file);
    print(new Written(run.id(), file), List.of(file.toString()));
    return Exit.OK;
  }

  /** What {@code --json} prints. */
  record Written(String run, Path file) {}
}
