package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.config.Configuration;
import conductor.config.ConfigurationSchema;
import conductor.config.Setting;
import conductor.state.StateJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows each setting and where it comes from. */
@Command(
    name = "config",
    description = "Shows each setting with where it comes from.",
    footer = {"", "Example:", "  conductor config --json"})
public final class ConfigCommand extends Subcommand {

  @Option(
      names = "--schema",
      description = "print the JSON schema of config.yaml instead, for editors")
  boolean schema;

  @Override
  public Integer call() {
    if (schema) {
      console().exact(StateJson.pretty(ConfigurationSchema.schema()).stripTrailing());
      return Exit.OK;
    }
    Configuration configuration = Configuration.load(places(), Map.of());
    configuration.warnings().forEach(console()::warn);
    var settings = new ArrayList<Setting>();
    settings.add(new Setting("state_dir", places().state().root().toString(), stateOrigin()));
    settings.addAll(configuration.settings());
    defaults().stream()
        .filter(usual -> configuration.setting(usual.key()).isEmpty())
        .forEach(settings::add);
    print(
        settings,
        settings.stream()
            .map(setting ->
                "%s = %s  (%s)".formatted(setting.key(), setting.value(), setting.origin()))
            .toList());
    return Exit.OK;
  }

  private static List<Setting> defaults() {
    return List.of(
        new Setting("agent", "(the only known one that is found)", "default"),
        new Setting("caps.agents", Runtime.getRuntime().availableProcessors(), "default"));
  }

  private String stateOrigin() {
    if (stateDir != null) {
      return "flag";
    }
    Map<String, String> environment = context().environment();
    if (!environment.getOrDefault("CONDUCTOR_STATE_DIR", "").isEmpty()) {
      return "CONDUCTOR_STATE_DIR";
    }
    return environment.getOrDefault("XDG_STATE_HOME", "").isEmpty() ? "default" : "XDG_STATE_HOME";
  }
}
