package conductor.cli.command;

import conductor.cli.CommandContext;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.effect.Issue;
import conductor.error.Reason;
import conductor.handlers.issue.IssueFile;
import conductor.handlers.issue.Tracker;
import conductor.run.execution.Conductor;
import conductor.run.execution.RunRequest;
import conductor.script.BadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that start a workflow: issue, parameters, agent. */
final class LaunchOptions {

  private static final Pattern WORDS = Pattern.compile("\\S\\s+\\S");
  private static final Pattern FILE_NAME = Pattern.compile("\\.(md|markdown|txt)$");

  @Option(
      names = "--issue",
      paramLabel = "FILE|ID",
      description =
          "the issue to work on: a markdown file, an id of the vault, '#42' or a url of the forge, words, or - for standard"
              + " input")
  @Nullable String issue;

  @Mixin ParameterOptions parameters = new ParameterOptions();

  @Option(
      names = "--base",
      paramLabel = "REF",
      description = "what to start from, a branch, a tag or a commit: short for --param base=REF")
  @Nullable String base;

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description = "the whole name of the new branch: short for --param branch=NAME")
  @Nullable String branch;

  @Option(
      names = "--target",
      paramLabel = "BRANCH",
      description = "what the pull request is proposed for: short for --param target=BRANCH")
  @Nullable String target;

  @Option(names = "--agent", paramLabel = "TYPE", description = "the default agent")
  @Nullable String agent;

  /**
   * Returns the request to start a workflow.
   *
   * @throws UsageError when a parameter is given both by its own option and as a parameter
   */
  RunRequest request(Subcommand command, Conductor conductor, String workflow)
      throws InterruptedException {
    Path directory = command.context().directory();
    Map<String, @Nullable Object> given = given(directory);
    Optional<Issue> found = Optional.empty();
    if (issue != null) {
      found = Optional.of(issue(command, conductor, issue));
    }
    return new RunRequest(workflow, given, found, directory, Optional.empty());
  }

  private Map<String, @Nullable Object> given(Path directory) {
    Map<String, @Nullable Object> given = parameters.given(directory);
    shortForms()
        .forEach((name, value) -> {
          if (given.containsKey(name)) {
            throw new UsageError(
                "--%1$s and the parameter '%1$s' are the same, and both are given; give one of them"
                    .formatted(name));
          }
          if (value.isBlank()) {
            throw new UsageError("--%s needs a name, found '%s'".formatted(name, value));
          }
          given.put(name, value);
        });
    return given;
  }

  private Map<String, String> shortForms() {
    var forms = new LinkedHashMap<String, String>();
    Optional.ofNullable(base).ifPresent(value -> forms.put("base", value));
    Optional.ofNullable(branch).ifPresent(value -> forms.put("branch", value));
    Optional.ofNullable(target).ifPresent(value -> forms.put("target", value));
    return forms;
  }

  /** Returns the error, which names the option by which the unknown parameter was given. */
  BadParameters explained(BadParameters error) {
    return error
        .unknown()
        .filter(shortForms()::containsKey)
        .map(name ->
            new BadParameters(
                "--%1$s is short for --param %1$s=..., but %2$s"
                    .formatted(name, error.getMessage())))
        .orElse(error);
  }

  /** Returns the settings given as options, which override those of files. */
  Map<String, Object> flags() {
    return agent == null ? Map.of() : Map.of("agent", agent);
  }

  private static Issue issue(Subcommand command, Conductor conductor, String given)
      throws InterruptedException {
    Path directory = command.context().directory();
    if (given.equals("-")) {
      return IssueFile.of(text("--issue -", command.context()), Instant.now());
    }
    if (isText(directory, given)) {
      return IssueFile.of(given, Instant.now());
    }
    return Tracker.names(given) && !Files.isRegularFile(directory.resolve(given))
        ? conductor.tracker(directory).read(given, command.console()::say)
        : local(conductor, directory, given);
  }

  /** Returns whether words are the issue itself: several, that name no file. */
  private static boolean isText(Path directory, String given) {
    return WORDS.matcher(given).find()
        && !FILE_NAME.matcher(given).find()
        && (given.contains("\n") || !Files.exists(directory.resolve(given)));
  }

  /** Returns all of standard input, which an argument asks for. */
  static String text(String argument, CommandContext context) {
    try {
      return context.input();
    } catch (IOException e) {
      throw new UsageError(argument + ": standard input cannot be read: " + Reason.of(e));
    }
  }

  /** Returns an issue from a file or the vault. */
  static Issue local(Conductor conductor, Path directory, String given) {
    Path file = directory.resolve(given);
    return Files.isRegularFile(file) ? IssueFile.read(file).issue() : conductor.vault().get(given);
  }
}
