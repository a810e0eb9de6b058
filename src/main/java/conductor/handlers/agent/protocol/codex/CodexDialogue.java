package conductor.handlers.agent.protocol.codex;

import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.End;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Permission;
import conductor.handlers.agent.protocol.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The state of a conversation with codex. Requests and answers are matched by ids, so that the
 * order between sent and received lines does not matter.
 */
final class CodexDialogue implements Dialogue {

  private static final Pattern GONE =
      Pattern.compile("no rollout found|(thread|session) not found|invalid session id");

  private final Opening opening;
  private final CodexLines lines;
  private final CodexSaid said = new CodexSaid();
  private final CodexPermissions permissions = new CodexPermissions(said);
  private final CodexTurns turns = new CodexTurns();
  private final CodexThread thread = new CodexThread(said, permissions, turns);
  private boolean greeted;

  /** Set when codex has the directories of skills, or there are none. */
  private boolean skilled;

  private @Nullable String session;

  CodexDialogue(Opening opening) {
    this.opening = opening;
    this.lines = new CodexLines(opening);
    this.skilled = opening.equipment().skills().isEmpty();
  }

  @Override
  public void said(String line) {
    said.said(line);
  }

  @Override
  public List<Event> heard(String line) {
    return Lines.parse(line).map(this::heard).orElse(List.of());
  }

  /** Lines about tools are not needed; messages are, because they are the answer. */
  @Override
  public boolean canMiss(String beginning) {
    return beginning.contains("\"method\":\"item/") && !beginning.contains("\"agentMessage\"");
  }

  private List<Event> heard(JsonNode message) {
    String method = message.path("method").asString("");
    if (method.isEmpty()) {
      return replied(message.path("id").asString(""), message);
    }
    return message.has("id")
        ? asked(message.get("id").toString(), method, message.path("params"))
        : thread.heard(method, message);
  }

  private List<Event> asked(String request, String method, JsonNode params) {
    String during = turns.current().map(CodexTurns.Turn::id).orElse("");
    return permissions.asks(request, method, params, during).stream()
        .<Event>map(Event.Asks::new)
        .toList();
  }

  private List<Event> replied(String id, JsonNode reply) {
    if (id.equals(CodexLines.INITIALIZE)) {
      return greeted(reply);
    }
    if (id.equals(CodexLines.SKILLS)) {
      return skilled(reply);
    }
    if (id.equals(CodexLines.OPEN)) {
      return opened(reply);
    }
    if (id.startsWith(CodexLines.PROMPT)) {
      return began(id.substring(CodexLines.PROMPT.length()), reply);
    }
    return id.startsWith(CodexLines.STEER)
        ? steered(id.substring(CodexLines.STEER.length()), reply)
        : List.of();
  }

  private List<Event> greeted(JsonNode reply) {
    greeted = !reply.has("error");
    return greeted ? List.of() : List.of(new Event.Unopened(FailureKind.OTHER, why(reply)));
  }

  private List<Event> skilled(JsonNode reply) {
    skilled = !reply.has("error");
    return skilled
        ? List.of()
        : List.of(
            new Event.Unopened(
                FailureKind.REFUSED, "codex takes no directories of skills: " + why(reply)));
  }

  private List<Event> opened(JsonNode reply) {
    if (reply.has("error")) {
      boolean gone = opening.resumes() != null && GONE.matcher(why(reply)).find();
      FailureKind trouble = gone ? FailureKind.SESSION_GONE : FailureKind.OTHER;
      return List.of(new Event.Unopened(trouble, why(reply)));
    }
    String id = reply.path("result").path("thread").path("id").asString("");
    session = id;
    thread.opened(id, opening.forks());
    return List.of(new Event.Opened(id));
  }

  private List<Event> began(String prompt, JsonNode reply) {
    if (reply.has("error")) {
      turns.refused(prompt);
      var end = new End.Failed(FailureKind.REFUSED, why(reply), null);
      return List.of(new Event.Ended(List.of(prompt), end, Usage.NONE));
    }
    return thread.began(prompt, reply.path("result").path("turn").path("id").asString(""));
  }

  private List<Event> steered(String prompt, JsonNode reply) {
    String turn = reply.path("result").path("turnId").asString("");
    boolean taken = !reply.has("error") && turns.took(turn, prompt);
    return taken ? List.of() : List.of(thread.leaves(prompt));
  }

  private static String why(JsonNode reply) {
    return reply.path("error").path("message").asString("");
  }

  @Override
  public List<String> due() {
    var due = new ArrayList<String>();
    if (!said.has(CodexLines.INITIALIZE)) {
      due.add(lines.initialize());
    }
    if (greeted && !said.has(CodexLines.INITIALIZED)) {
      due.add(lines.initialized());
    }
    if (greeted && !skilled && !said.has(CodexLines.SKILLS)) {
      due.add(lines.skills());
    }
    if (greeted && skilled && !said.has(CodexLines.OPEN)) {
      due.add(lines.open());
    }
    permissions.unknown().forEach(request -> due.add(lines.unknown(request)));
    return due;
  }

  @Override
  public boolean ready() {
    return session != null && turns.unanswered(said.prompts()).isEmpty();
  }

  /** A message that came too late for its turn counts as not sent: the agent never saw it. */
  @Override
  public boolean hasSaid(String id) {
    return said.prompts().contains(id) || (said.hasSteered(id) && !thread.hasLeft(id));
  }

  @Override
  public String prompt(String id, String text, Optional<String> schema) {
    if (session == null || !ready()) {
      throw new IllegalStateException("codex cannot be asked for '%s' now".formatted(id));
    }
    return lines.prompt(session, id, text, schema);
  }

  @Override
  public Optional<String> steer(String id, String text) {
    String thread = session;
    return thread == null || said.hasSteered(id)
        ? Optional.empty()
        : turns.current().map(turn -> lines.steer(thread, turn.id(), id, text));
  }

  /** Sends the interruption first, so that the model does not continue after the denials. */
  @Override
  public List<String> cancel() {
    if (session == null || (turns.current().isEmpty() && ready())) {
      return List.of();
    }
    String interruption = lines.cancel(session, said.cancels() + 1);
    var no = new Decision.Deny("the turn is cancelled");
    return Stream.concat(
            Stream.of(interruption), open().stream().map(permission -> answer(permission, no)))
        .toList();
  }

  @Override
  public Optional<String> place() {
    return thread.place();
  }

  @Override
  public List<Permission> open() {
    return permissions.open();
  }

  @Override
  public String answer(Permission permission, Decision decision) {
    return lines.answer(permission, decision);
  }
}
