package conductor.handlers.forge.github;

import conductor.effect.Checks;
import conductor.effect.Checks.Check;
import conductor.handlers.forge.Forge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the checks of commits, which are check runs and statuses; the difference is hidden from
 * users.
 */
final class CheckRuns {

  private static final Set<String> PASSED = Set.of("success", "neutral", "skipped");
  private static final int LINES = 100;
  private static final int MOST = 1000;

  private final Client client;
  private final Slug base;
  private final Limits limits;
  private final Required required;
  private final Map<String, String> logs = new ConcurrentHashMap<>();

  CheckRuns(Client client, Slug base, Limits limits) {
    this.client = client;
    this.base = base;
    this.limits = limits;
    this.required = new Required(client, base);
  }

  /** Returns the state of the last commit's checks; no more are expected of what is not open. */
  Forge.Standing of(JsonNode pull) throws InterruptedException {
    String head = Pulls.head(pull);
    boolean open = Pulls.isOpen(pull);
    List<Check> all = all(head);
    List<String> running = ended(all, false);
    if (open && !isLast(pull, head)) {
      running.add("what GitHub does with the last push to " + Pulls.branch(pull));
    }
    List<String> missing = new ArrayList<>(open ? required.of(Pulls.target(pull)) : List.of());
    all.forEach(check -> missing.remove(check.name()));
    return new Forge.Standing(
        Checks.of(Pulls.handle(pull), all),
        running,
        missing,
        open ? limits.settling() : Duration.ZERO);
  }

  /** Returns why the required checks prevent a merge; an empty text when they do not. */
  String inTheWay(JsonNode pull) throws InterruptedException {
    List<String> needed = required.of(Pulls.target(pull));
    if (needed.isEmpty()) {
      return "";
    }
    List<Check> all = new ArrayList<>(all(Pulls.head(pull)));
    all.removeIf(check -> !needed.contains(check.name()));
    List<String> failed =
        all.stream()
            .filter(check -> !check.passed() && !check.conclusion().isEmpty())
            .map(Check::name)
            .distinct()
            .toList();
    if (!failed.isEmpty()) {
      return "required checks failed: " + String.join(", ", failed);
    }
    List<String> open = new ArrayList<>(needed);
    open.removeAll(ended(all, true));
    return open.isEmpty()
        ? ""
        : "required checks have not ended: %s; WaitForChecks waits for them"
            .formatted(String.join(", ", open));
  }

  /** Returns the names of the checks that have ended, or of those that have not. */
  private static List<String> ended(List<Check> checks, boolean so) {
    return checks.stream()
        .filter(check -> check.conclusion().isEmpty() != so)
        .map(Check::name)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Returns whether the pull request's commit is the last one pushed to its branch. */
  private boolean isLast(JsonNode pull, String head) throws InterruptedException {
    Optional<Slug> repository = Pulls.repository(pull);
    if (repository.isEmpty()) {
      return true;
    }
    String branch = Pulls.path(Pulls.branch(pull));
    Answer ref = client.get(repository.get().at("/git/ref/heads/" + branch));
    String at = ref.body().path("object").path("sha").asString("");
    return at.isEmpty() || at.equals(head);
  }

  private List<Check> all(String commit) throws InterruptedException {
    String at = base.at("/commits/" + commit);
    return checks(
        client.allOfKnown(at + "/check-runs", "check_runs", MOST),
        client.allOfKnown(at + "/status", "statuses", MOST));
  }

  private List<Check> checks(List<JsonNode> runs, List<JsonNode> statuses)
      throws InterruptedException {
    var checks = new ArrayList<Check>();
    for (JsonNode run : runs) {
      boolean ended = run.path("status").asString("").equals("completed");
      String conclusion = ended ? run.path("conclusion").asString("") : "";
      boolean passed = PASSED.contains(conclusion);
      checks.add(
          new Check(
              run.path("name").asString(""),
              passed,
              conclusion,
              text(run, "html_url"),
              passed || !ended ? "" : log(run)));
    }
    for (JsonNode status : statuses) {
      String state = status.path("state").asString("");
      checks.add(
          new Check(
              status.path("context").asString(""),
              state.equals("success"),
              state.equals("pending") ? "" : state,
              text(status, "target_url"),
              state.equals("success") ? "" : status.path("description").asString("")));
    }
    checks.sort(Comparator.comparing(check -> check.name().toLowerCase(Locale.ROOT)));
    return checks;
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.path(name).isString() ? node.path(name).asString() : null;
  }

  /**
   * Returns the end of the log of a failed run; for a run that is not a job of GitHub Actions, the
   * end of its report. Each log is fetched only once.
   */
  private String log(JsonNode run) throws InterruptedException {
    String id = run.path("id").asString("");
    String known = logs.get(id);
    if (known != null) {
      return known;
    }
    String job = client.text(base.at("/actions/jobs/" + id + "/logs"));
    JsonNode output = run.path("output");
    String report =
        String.join(
            "\n",
            output.path("title").asString(""),
            output.path("summary").asString(""),
            output.path("text").asString(""));
    String log = tail((job.isBlank() ? report : job).strip());
    logs.put(id, log);
    return log;
  }

  private static String tail(String text) {
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
