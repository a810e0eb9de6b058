package conductor.cli.command;

import conductor.cli.CommandContext;
import conductor.cli.JsonArguments;
import conductor.cli.UsageError;
import conductor.effect.Issue;
import conductor.handlers.issue.IssueFile;
import conductor.handlers.issue.Tracker;
import conductor.run.execution.Conductor;
import conductor.script.BadParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that start a workflow: issue, parameters, agent. */
final class LaunchOptions {

  @Option(
      names = "--issue",
      paramLabel = "FILE|ID",
      description =
          "the issue to work on: a markdown file, an id of the vault, or '#42' or a url of the forge")
  @Nullable String issue;

  @Option(
      names = "--params",
      paramLabel = "JSON|@FILE",
      description = "parameters as a JSON object")
  @Nullable String params;

  @Option(names = "--param", paramLabel = "NAME=VALUE", description = "one parameter; repeatable")
  Map<String, String> param = new LinkedHashMap<>();

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
   * Returns the parameters, as given.
   *
   * @throws Usage when one is given both by its own option and as a parameter
   */
  Map<String, @Nullable Object> given(CommandContext context) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    if (params != null) {
      given.putAll(JsonArguments.object("--params", params, context.directory()));
    }
    given.putAll(param);
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

  /** Returns the parameters given by an option of their own; both have the same name. */
  private Map<String, String> shortForms() {
    var forms = new LinkedHashMap<String, String>();
    put(forms, "base", base);
    put(forms, "branch", branch);
    put(forms, "target", target);
    return forms;
  }

  private static void put(Map<String, String> forms, String name, @Nullable String value) {
    if (value != null) {
      forms.put(name, value);
    }
  }

  /**
   * Returns the error, which names the option when the unknown parameter was given by its own
   * option.
   */
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

  /** Returns the issue, from a file, the forge or the vault; empty when none is given. */
  Optional<Issue> issue(CommandContext context, Conductor conductor, Consumer<String> say)
      throws InterruptedException {
    if (issue == null) {
      return Optional.empty();
    }
    Path file = context.directory().resolve(issue);
    if (Files.isRegularFile(file)) {
      return Optional.of(IssueFile.read(file).issue());
    }
    return Optional.of(
        Tracker.names(issue)
            ? conductor.tracker(context.directory()).read(issue, say)
            : conductor.vault().get(issue));
  }
}
