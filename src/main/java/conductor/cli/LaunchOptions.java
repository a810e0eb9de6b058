package conductor.cli;

import conductor.app.Conductor;
import conductor.effect.Issue;
import conductor.issue.IssueFile;
import conductor.issue.Tracker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a workflow is given on a command line. */
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

  @Option(names = "--agent", paramLabel = "TYPE", description = "the default agent")
  @Nullable String agent;

  /** The parameters. */
  Map<String, @Nullable Object> given(Shell shell) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    if (params != null) {
      given.putAll(JsonArguments.object("--params", params, shell.directory()));
    }
    given.putAll(param);
    return given;
  }

  /** Settings that win over those of files. */
  Map<String, Object> flags() {
    return agent == null ? Map.of() : Map.of("agent", agent);
  }

  /** The issue. */
  Optional<Issue> issue(Shell shell, Conductor conductor, Consumer<String> say)
      throws InterruptedException {
    if (issue == null) {
      return Optional.empty();
    }
    Path file = shell.directory().resolve(issue);
    if (Files.isRegularFile(file)) {
      return Optional.of(IssueFile.read(file).issue());
    }
    return Optional.of(
        Tracker.names(issue)
            ? conductor.tracker(shell.directory()).read(issue, say)
            : conductor.vault().get(issue));
  }
}
