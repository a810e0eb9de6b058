package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.effect.AgentChoice;
import conductor.effect.AgentFailure;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.agent.AgentSettings;
import conductor.handlers.agent.AgentVersion;
import conductor.handlers.agent.Login;
import conductor.handlers.agent.known.KnownAgents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists agents. */
@Command(
    name = "agents",
    description = {
      "Lists the agents that could be run: programs, versions, logins as far as they can be told",
      "without spending, and profiles."
    },
    footer = {"", "Example:", "  conductor agents --json | jq '.[] | select(.found)'"})
public final class AgentsCommand extends Subcommand {

  /**
   * A line of the list: an agent type or a profile.
   *
   * @param agent the type that a profile is for; null for a type
   * @param login where a login was found; null when none was
   * @param found whether it can be run
   * @param why why it cannot be run; null when it can
   */
  record Line(
      String name,
      @Nullable String agent,
      @Nullable String program,
      @Nullable String version,
      String protocol,
      @Nullable String login,
      @Nullable String model,
      boolean found,
      @Nullable String why) {

    String text(Console console) {
      String mark = found ? console.green("ok") : console.red("!!");
      String about =
          found
              ? "%s%s  %s%s"
                  .formatted(program, version == null ? "" : " " + version, protocol, more())
              : String.valueOf(why);
      return "%-12s %s %s".formatted(name, mark, about);
    }

    private String more() {
      return (agent == null ? "" : "  profile of " + agent)
          + (model == null ? "" : "  model " + model)
          + (login == null ? "" : "  login " + login);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentCatalog catalog = looking().agents();
    var lines = new ArrayList<Line>();
    var types = new TreeSet<>(KnownAgents.names());
    types.addAll(catalog.types());
    for (String type : types) {
      lines.add(line(catalog, type, type, null));
    }
    for (var profile : new TreeMap<>(catalog.profiles()).values()) {
      String type = profile.agent().orElse("");
      lines.add(line(catalog, profile.name(), type, profile.name()));
    }
    print(lines, lines.stream().map(line -> line.text(console())).toList());
    return Exit.OK;
  }

  private Line line(AgentCatalog catalog, String name, String type, @Nullable String profile)
      throws InterruptedException {
    try {
      String actual = type.isEmpty() ? catalog.defaultType() : type;
      AgentSettings settings = catalog.settings(AgentChoice.DEFAULT.with(actual, profile, null));
      Optional<Path> program = catalog.find(settings.command().getFirst());
      var asked = new AgentVersion(settings, context().directory(), context().environment());
      Optional<String> version = asked.toldIfKnown();
      Optional<String> old = version.flatMap(asked::tooOld);
      return new Line(
          name,
          profile == null ? null : actual,
          program.map(Path::toString).orElse(settings.command().getFirst()),
          version.orElse(null),
          settings.speech(),
          Login.of(settings, context().environment()).orElse(null),
          settings.model(),
          old.isEmpty(),
          old.orElse(null));
    } catch (AgentFailure e) {
      return new Line(
          name, profile == null ? null : type, null, null, "", null, null, false, e.getMessage());
    }
  }
}
