package conductor.cli.command;

import conductor.cli.JsonArguments;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a workflow's parameters are given. */
final class ParameterOptions {

  @Option(
      names = "--params",
      paramLabel = "JSON|@FILE",
      description = "parameters as a JSON object")
  @Nullable String params;

  @Option(names = "--param", paramLabel = "NAME=VALUE", description = "one parameter; repeatable")
  Map<String, String> param = new LinkedHashMap<>();

  /**
   * Returns the parameters by name; one that is given by itself counts more.
   *
   * @throws conductor.cli.UsageError when the text is no JSON object
   */
  Map<String, @Nullable Object> given(Path directory) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    if (params != null) {
      given.putAll(JsonArguments.object("--params", params, directory));
    }
    given.putAll(param);
    return given;
  }
}
