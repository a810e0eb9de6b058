package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.handlers.people.Shown;
import conductor.report.bundle.BundleVerification;
import conductor.report.bundle.Finding;
import conductor.report.bundle.RunVerification;
import conductor.report.bundle.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says whether the records of a run, or a bundle of them, are whole. */
@Command(
    name = "verify",
    description = {
      "Says whether a bundle, or a run here, is whole and which version wrote it. Changes nothing, unpacks nothing.",
      "Exit code 0 when all is there and as it was written, 1 when something is wrong, 4 for a newer format."
    },
    footer = {"", "Examples:", "  conductor verify failed.tar.gz", "  conductor verify wf-1a2b3c"})
public final class VerifyCommand extends Subcommand {

  @Parameters(
      paramLabel = "FILE|RUN",
      description = "a bundle, or a run's id, a unique prefix of it, or its name")
  String given = "";

  /**
   * What was looked at, as it is printed with {@code --json}, with what is known of it.
   *
   * @param file the bundle; null for a run
   */
  record Subject(@Nullable Path file, boolean whole) {}

  @Override
  public Integer call() {
    Path file = context().directory().resolve(given).normalize();
    boolean isBundle = !given.isEmpty() && Files.isRegularFile(file);
    Verification found =
        isBundle ? BundleVerification.of(file) : RunVerification.of(store(), run(given));
    print(
        object(new Subject(isBundle ? file : null, found.whole()), found),
        lines(isBundle ? file.toString() : found.run(), isBundle, found));
    return found.whole() ? Exit.OK : Exit.FAILED;
  }

  private static List<String> lines(String name, boolean isBundle, Verification found) {
    var lines = new ArrayList<String>();
    found.wrong().forEach(one -> lines.add(Shown.oneLine(line(one))));
    found.notes().forEach(note -> lines.add(Shown.oneLine(note)));
    lines.add(
        Shown.oneLine(name + ": " + verdict(found) + (isBundle ? origin(found) : formats(found))));
    return lines;
  }

  private static String line(Finding finding) {
    return finding.file()
        + ": "
        + finding.wrong()
        + (finding.whenBundled() ? " (it was so when it was bundled)" : "");
  }

  private static String verdict(Verification found) {
    if (!found.whole()) {
      long wrong = found.wrong().size() + found.more();
      return "not whole, %d %s wrong".formatted(wrong, wrong == 1 ? "thing is" : "things are");
    }
    int others = found.runs().size() - 1;
    return "whole, %d files, %d bytes%s"
        .formatted(
            found.files(),
            found.bytes(),
            others == 0 ? "" : " of " + found.run() + " and " + others + " that it started");
  }

  private static String origin(Verification found) {
    if (found.run().isEmpty()) {
      return "";
    }
    String version = found.conductor() == null ? "(not packaged)" : found.conductor();
    return "; written by conductor " + version + formats(found);
  }

  private static String formats(Verification found) {
    return found.formats().entrySet().stream()
        .map(format -> format.getKey() + " " + format.getValue())
        .collect(java.util.stream.Collectors.joining(", ", "; formats: ", ""));
  }
}
