package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.JsonRpc;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.acp.AcpSettings.Lacks;
import conductor.handlers.agent.protocol.acp.AcpSettings.Makes;
import conductor.handlers.agent.protocol.acp.AcpSettings.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Opens a session that accepts prompts: sends the greeting, opens the session and makes its
 * settings. Loading a session repeats its history, and some agents continue to do so after they
 * have reported the session as loaded. Therefore a request that no agent knows is sent repeatedly
 * until no part of the history comes before its answer.
 */
final class AcpHandshake {

  private static final String GREETING = "initialize";
  private static final String SESSION = "session";
  private static final int VERSION = 1;

  private final Opening opening;
  private final Set<String> said = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private JsonNode greeting = Lines.object();
  private String session = "";
  private List<Setting> settings = List.of();
  private boolean loads;
  private boolean repeats;
  private boolean quiet;
  private int looks;
  private boolean failed;

  AcpHandshake(Opening opening) {
    this.opening = opening;
  }

  String session() {
    return session;
  }

  boolean isOpen() {
    return !failed && next().isEmpty();
  }

  Optional<String> due() {
    return failed
        ? Optional.empty()
        : next().filter(step -> !said.contains(step.id)).map(Step::line);
  }

  /** Takes in a request that was sent, other than a prompt, and returns its purpose. */
  String said(String id, ObjectNode request) {
    String purpose =
        switch (Lines.text(request, "method")) {
          case "initialize" -> GREETING;
          case "session/new", "session/load", "session/resume", "session/fork" -> SESSION;
          case "session/set_mode" -> "mode";
          default -> id;
        };
    loads |= Lines.text(request, "method").equals("session/load");
    said.add(purpose);
    return purpose;
  }

  void repeats() {
    repeats = true;
  }

  /** Takes in an answer; returns whether the session is open, or could not be opened. */
  Optional<Event> heard(String purpose, JsonNode answer) {
    if (failed || isOpen()) {
      return Optional.empty();
    }
    Optional<Event> failure =
        switch (purpose) {
          case GREETING -> greeted(answer);
          case SESSION -> begun(answer);
          default -> went(purpose, answer);
        };
    done.add(purpose);
    failed = failure.isPresent();
    return failed || !isOpen() ? failure : Optional.of(new Event.Opened(session));
  }

  private record Step(String id, String method, ObjectNode params) {
    String line() {
      return JsonRpc.request(id, method, params);
    }
  }

  private Optional<Step> next() {
    if (!done.contains(GREETING)) {
      ObjectNode params = Lines.object().put("protocolVersion", VERSION);
      params.putObject("clientCapabilities");
      return Optional.of(new Step(GREETING, "initialize", params));
    }
    if (!done.contains(SESSION)) {
      return Optional.of(new Step(SESSION, opens(), sessionParams()));
    }
    for (Setting setting : settings) {
      if (setting instanceof Makes makes && !done.contains(makes.id())) {
        return Optional.of(new Step(makes.id(), makes.method(), makes.params()));
      }
    }
    return loads && !quiet
        ? Optional.of(new Step(look(), "_conductor/history", Lines.object()))
        : Optional.empty();
  }

  private String look() {
    return "history:" + looks;
  }

  private String opens() {
    if (opening.resumes() == null) {
      return "session/new";
    }
    if (opening.forks()) {
      return "session/fork";
    }
    return offers("resume") ? "session/resume" : "session/load";
  }

  private ObjectNode sessionParams() {
    ObjectNode params = Lines.object();
    if (opening.resumes() != null) {
      params.put("sessionId", opening.resumes());
    }
    params.put("cwd", opening.directory().toString());
    params.set("mcpServers", AcpServers.of(opening.equipment().servers()));
    return params;
  }

  private boolean offers(String capability) {
    return greeting.path("agentCapabilities").path("sessionCapabilities").hasNonNull(capability);
  }

  private Optional<Event> greeted(JsonNode answer) {
    if (answer.has("error")) {
      return unopened(AcpErrors.trouble(answer.path("error")), answer);
    }
    greeting = answer.path("result");
    int version = greeting.path("protocolVersion").intValue(0);
    if (version != VERSION) {
      return Optional.of(
          new Event.Unopened(
              FailureKind.TOO_OLD,
              "it speaks version %d of the Agent Client Protocol, %d is needed; update it"
                  .formatted(version, VERSION)));
    }
    if (opening.equipment().servers().stream().anyMatch(server -> server.url() != null)
        && !greeting
            .path("agentCapabilities")
            .path("mcpCapabilities")
            .path("http")
            .asBoolean(false)) {
      return Optional.of(
          new Event.Unopened(
              FailureKind.REFUSED, "the agent takes no MCP servers with a 'url', only commands"));
    }
    return lacks()
        .map(lack -> new Event.Unopened(FailureKind.SESSION_GONE, "the agent cannot " + lack));
  }

  private Optional<String> lacks() {
    if (opening.resumes() == null) {
      return Optional.empty();
    }
    if (opening.forks()) {
      return offers("fork") ? Optional.empty() : Optional.of("fork a session");
    }
    boolean resumes =
        offers("resume") || greeting.path("agentCapabilities").path("loadSession").asBoolean(false);
    return resumes ? Optional.empty() : Optional.of("take up a session");
  }

  private Optional<Event> begun(JsonNode answer) {
    if (answer.has("error")) {
      FailureKind trouble = AcpErrors.trouble(answer.path("error"));
      boolean gone = opening.resumes() != null && trouble == FailureKind.OTHER;
      return unopened(gone ? FailureKind.SESSION_GONE : trouble, answer);
    }
    JsonNode offer = answer.path("result");
    String resumed = opening.resumes();
    session = offer.path("sessionId").stringValue(resumed == null ? "" : resumed);
    settings = new AcpSettings(session, offer).of(opening);
    repeats = false;
    return settings.stream()
        .filter(Lacks.class::isInstance)
        .findFirst()
        .map(lack -> new Event.Unopened(FailureKind.REFUSED, ((Lacks) lack).why()));
  }

  private Optional<Event> went(String purpose, JsonNode answer) {
    if (purpose.equals(look())) {
      quiet = !repeats;
      repeats = false;
      looks++;
      return Optional.empty();
    }
    return answer.has("error")
        ? settings.stream()
            .filter(setting -> setting instanceof Makes makes && makes.id().equals(purpose))
            .findFirst()
            .map(setting -> refused((Makes) setting, answer.path("error")))
        : Optional.empty();
  }

  private static Event refused(Makes setting, JsonNode error) {
    FailureKind trouble = AcpErrors.trouble(error);
    return new Event.Unopened(
        trouble == FailureKind.OTHER ? FailureKind.REFUSED : trouble,
        setting.about() + ": " + AcpErrors.message(error));
  }

  private Optional<Event> unopened(FailureKind trouble, JsonNode answer) {
    String methods =
        greeting
            .path("authMethods")
            .valueStream()
            .map(method -> Lines.text(method, "name"))
            .collect(Collectors.joining(", "));
    String message = AcpErrors.message(answer.path("error"));
    return Optional.of(
        new Event.Unopened(
            trouble,
            trouble == FailureKind.NOT_LOGGED_IN && !methods.isEmpty()
                ? message + " (it offers: " + methods + ")"
                : message));
  }
}
