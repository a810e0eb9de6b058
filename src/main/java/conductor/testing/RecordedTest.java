package conductor.testing;

import conductor.error.UserError;
import conductor.journal.Redactor;
import conductor.run.execution.Conductor;
import conductor.run.record.RunMeta;
import conductor.run.record.RunRecording;
import conductor.scenario.Recording;
import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import conductor.workflow.Pinned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the recording of a run that has ended and, unless there is one, a test file with a
 * scenario in which the same happens again.
 *
 * @param test the test file
 * @param isNew whether it was written
 * @param recording the recording
 * @param missing what is not in it, a line each
 */
public record RecordedTest(Path test, boolean isNew, Path recording, List<String> missing) {

  /** The error for a run of which no scenario can be made. */
  public static final class NotRecorded extends UserError {
    private static final long serialVersionUID = 1;

    NotRecorded(String message) {
      super(Kind.REQUEST, message);
    }
  }

  /**
   * Records a run.
   *
   * @param directory where the test file is written; the recording is written below it
   */
  public static RecordedTest of(Conductor conductor, RunDirectory run, Path directory)
      throws InterruptedException {
    RunMeta meta = conductor.store().meta(run);
    if (!meta.status().ended()) {
      throw new NotRecorded(
          "%s is %s; record it once it has ended".formatted(run.id(), meta.status().text()));
    }
    Pinned pinned = Pinned.read(run.source());
    Redactor secrets = conductor.secrets();
    String workflow = workflow(run, pinned, directory);
    Recording recording =
        new RunRecording(conductor.forges().git(directory), secrets).of(run, pinned.issue());
    String kept = "recordings/" + run.id() + ".json";
    Path file = directory.resolve(kept);
    recording.write(file);
    Path test = directory.resolve("%s_%s_test.groovy".formatted(pinned.name(), run.id()));
    boolean isNew = !Files.exists(test);
    if (isNew) {
      String launch = literal(workflow) + params(pinned.params(), secrets);
      AtomicFile.write(
          test,
          scenario(recording, kept, launch, meta),
          directory.resolve("." + run.id() + ".new"));
    }
    return new RecordedTest(test, isNew, file, recording.missing());
  }

  private static String scenario(Recording recording, String kept, String launch, RunMeta meta) {
    return """
    // What %1$s did, as 'conductor test --record %1$s' wrote it down.
    scenario('as %1$s went') {
      recorded '%2$s'
      run %3$s
      expect {
        status == '%4$s'
        agents.size() == %5$d
        commands.size() == %6$d
      }
    }
    """
        .formatted(
            meta.id(),
            kept,
            launch,
            meta.status().text(),
            recording.turns().size(),
            recording.commands().size());
  }

  /** Returns the name by which a scenario in a directory runs what a run ran. */
  private static String workflow(RunDirectory run, Pinned pinned, Path directory) {
    if (pinned.template() != null) {
      return pinned.template();
    }
    Path file = pinned.project().resolve(pinned.file()).normalize();
    if (!Files.isRegularFile(file)) {
      throw new NotRecorded(
          "the script of %s is in no file: '%s'; write it to one, and run that"
              .formatted(run.id(), pinned.file()));
    }
    boolean beside = directory.equals(file.getParent());
    return beside ? pinned.name() : directory.relativize(file).toString();
  }

  private static String params(Map<String, @Nullable Object> params, Redactor secrets) {
    return params.entrySet().stream()
        .map(param -> ", %s: %s".formatted(name(param.getKey()), literal(redacted(param, secrets))))
        .collect(Collectors.joining());
  }

  private static String name(String param) {
    return param.matches("[A-Za-z_][A-Za-z_0-9]*") ? param : literal(param);
  }

  private static @Nullable Object redacted(
      Map.Entry<String, @Nullable Object> param, Redactor secrets) {
    return param.getValue() instanceof String text ? secrets.redact(text) : param.getValue();
  }

  /** Returns a value as Groovy writes it. */
  private static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Number number -> number.toString();
      case Boolean is -> is.toString();
      case List<?> list ->
          list.stream().map(RecordedTest::literal).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map when map.isEmpty() -> "[:]";
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(one -> literal(String.valueOf(one.getKey())) + ": " + literal(one.getValue()))
              .collect(Collectors.joining(", ", "[", "]"));
      default ->
          "'"
              + value
                  .toString()
                  .replace("\\", "\\\\")
                  .replace("'", "\\'")
                  .replace("\n", "\\n")
                  .replace("\r", "\\r")
              + "'";
    };
  }
}
