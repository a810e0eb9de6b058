package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.report.Changes;
import conductor.report.bundle.BundleWriter;
import conductor.report.bundle.Finding;
import conductor.report.bundle.Manifest;
import conductor.run.execution.Conductor;
import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the records of a run into one archive that can be verified. */
@Command(
    name = "bundle",
    description = {
      "Writes a run, those that it started and their reports into one tar.gz, with the SHA-256 of each file.",
      "'conductor verify' says whether it is whole. Known secrets are replaced by their names."
    },
    footer = {"", "Example:", "  conductor bundle wf-1a2b3c -o failed.tar.gz"})
public final class BundleCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, a unique prefix of it, or its name")
  String id = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "the file, which is replaced; default: RUN.tar.gz in the current directory")
  @Nullable Path output;

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory run = run(id);
    Path file = OutputFile.of(context(), output, run.id() + ".tar.gz");
    Conductor conductor = reading(run);
    var changes = new Changes(conductor.forges()::git);
    Manifest manifest = new BundleWriter(store(), changes, conductor.secrets()).write(run, file);
    manifest
        .leftOut()
        .forEach(one -> console().warn("%s is left out: %s".formatted(one.path(), one.why())));
    manifest.wrong().forEach(one -> console().warn(one.file() + ": " + one.wrong()));
    print(Written.of(manifest, file), List.of(file.toString()));
    return manifest.wrong().isEmpty() ? Exit.OK : Exit.FAILED;
  }

  /** Returns a conductor of the run's project; of the current directory when that is not known. */
  private Conductor reading(RunDirectory run) {
    try {
      return looking(run);
    } catch (UnreadableState | UncheckedIOException e) {
      return looking();
    }
  }

  /** What {@code --json} prints. */
  record Written(
      String run,
      Path file,
      List<String> runs,
      int files,
      List<String> redacted,
      List<Manifest.LeftOut> leftOut,
      List<Finding> wrong) {

    static Written of(Manifest manifest, Path file) {
      List<String> redacted =
          manifest.files().stream()
              .flatMap(one -> one.redacted().stream())
              .distinct()
              .sorted()
              .toList();
      return new Written(
          manifest.run(),
          file,
          manifest.runs(),
          manifest.files().size(),
          redacted,
          manifest.leftOut(),
          manifest.wrong());
    }
  }
}
