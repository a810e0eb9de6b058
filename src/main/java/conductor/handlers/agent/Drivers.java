package conductor.handlers.agent;

import conductor.config.SkillFiles;
import conductor.effect.AgentRef;
import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.people.AgentQuestion;
import conductor.process.GitVariables;
import conductor.process.JobSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Creates the driver of an agent from its settings. */
record Drivers(
    AgentRef agent,
    Path directory,
    Workplace place,
    AgentSettings settings,
    Conversations.Context context) {

  Driver driver() {
    Protocol protocol = settings.protocol();
    return protocol == null
        ? new CommandDriver(
            () -> new Turns(directory).all(),
            this::spec,
            new WorktreeActivity(place.worktree()),
            context.changes(),
            context.clock())
        : conversing(protocol);
  }

  private Driver conversing(Protocol protocol) {
    var session =
        new AgentSession(
            directory,
            protocol,
            settings.given(ConfiguredEquipment.filled(settings.equipment(), context.environment())),
            place,
            this::spec,
            context.changes(),
            context.clock());
    var questions =
        new Questions(agent.name(), directory.resolve(AgentQuestion.DIRECTORY), context.gates());
    return new SessionDriver(
        session,
        settings,
        channel -> runner(channel, questions, session),
        number -> new Turns(directory).numbered(number),
        new AgentVersion(settings, place.worktree(), environment()),
        context.clock());
  }

  private TurnRunner runner(JobChannel channel, Questions questions, AgentSession session) {
    var permissions = new Permissions(settings, agent.name(), place, questions);
    var log = new AgentLog(channel.job().directory(), place, context.redactor());
    var told = new ProcessOutcomes(channel, permissions, session::named, log, this::text);
    return new TurnRunner(
        channel, permissions, told, new WorktreeActivity(place.worktree()), context.clock());
  }

  /** Returns what to log for a prompt's id: the prompt only for a first attempt. */
  private String text(String prompt) {
    String asked =
        new Turns(directory)
            .numbered(Attempts.turnOf(prompt))
            .map(turn -> turn.goOn().orElseGet(turn::prompt))
            .orElse("");
    return prompt.endsWith(".1") ? asked : "(goes on)";
  }

  private JobSpec spec(List<String> words) {
    return spec(words, environment());
  }

  private JobSpec spec(List<String> words, Map<String, String> environment) {
    var texts = new ArrayList<>(words);
    texts.addAll(settings.env().values());
    settings
        .equipment()
        .servers()
        .forEach(server -> {
          texts.addAll(server.command());
          texts.addAll(server.env().values());
        });
    settings.equipment().skills().values().stream()
        .flatMap(directory -> SkillFiles.below(directory).stream())
        .map(Path::toString)
        .forEach(texts::add);
    Path start = place.existing();
    context.screening().screen(texts, place.worktree(), start);
    return new JobSpec(words, start, environment, false);
  }

  private JobSpec spec(Turn turn) {
    var environment = new TreeMap<>(environment());
    environment.put("CONDUCTOR_TURN", Integer.toString(turn.number()));
    environment.put("CONDUCTOR_PROMPT_FILE", turn.promptFile().toString());
    turn.schemaFile().ifPresent(file -> environment.put("CONDUCTOR_SCHEMA_FILE", file.toString()));
    return spec(settings.command(), environment);
  }

  private Map<String, String> environment() {
    Map<String, String> common = AgentEnvironment.of(context.environment(), settings);
    var environment =
        new TreeMap<>(
            place.checkout() ? common : GitVariables.inWorktree(common, place.worktree()));
    environment.put("CONDUCTOR_RUN", agent.workflowId());
    environment.put("CONDUCTOR_AGENT", agent.name());
    return environment;
  }
}
