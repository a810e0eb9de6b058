package conductor.forge.github;

import conductor.effect.Checks;
import conductor.effect.Checks.Check;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Check runs and statuses of commits; which of the two a check is does not matter to users. */
final class CheckRuns {

  private static final Set<String> PASSED = Set.of("success", "neutral", "skipped");
  private static final int LINES = 100;
  private static final int MOST = 1000;

  private final Client client;
  private final Slug base;
  private final Limits limits;
  private final InstantSource clock;

  CheckRuns(Client client, Slug base, Limits limits, InstantSource clock) {
    this.client = client;
    this.base = base;
    this.limits = limits;
    this.clock = clock;
  }

  /** All of a pull request's last commit, once they have ended. */
  Optional<Checks> of(JsonNode pull, Instant since) throws InterruptedException {
    String head = Pulls.head(pull);
    if (!isLast(pull, head)) {
      return Optional.empty();
    }
    List<JsonNode> runs = runs(head);
    List<JsonNode> statuses = statuses(head);
    boolean settled = Duration.between(since, clock.instant()).compareTo(limits.settling()) >= 0;
    if (runs.isEmpty() && statuses.isEmpty() && !settled) {
      return Optional.empty();
    }
    if (runs.stream().anyMatch(run -> !run.path("status").asString("").equals("completed"))
        || statuses.stream().anyMatch(one -> one.path("state").asString("").equals("pending"))) {
      return Optional.empty();
    }
    return Optional.of(Checks.of(Pulls.handle(pull), checks(runs, statuses)));
  }

  /** The names of those of some that failed. */
  List<String> failed(String commit, List<String> among) throws InterruptedException {
    return checks(runs(commit), statuses(commit)).stream()
        .filter(check -> !check.passed() && among.contains(check.name()))
        .filter(check -> !check.conclusion().isEmpty())
        .map(Check::name)
        .toList();
  }

  /** Whether GitHub has seen the last push to the branch already. */
  private boolean isLast(JsonNode pull, String head) throws InterruptedException {
    String repository = pull.path("head").path("repo").path("full_name").asString("");
    String[] parts = repository.split("/", -1);
    if (!Pulls.isOpen(pull) || parts.length != 2) {
      return true;
    }
    String branch = Pulls.path(pull.path("head").path("ref").asString(""));
    Answer ref = client.get(new Slug(parts[0], parts[1]).at("/git/ref/heads/" + branch));
    String at = ref.body().path("object").path("sha").asString("");
    return at.isEmpty() || at.equals(head);
  }

  private List<JsonNode> runs(String commit) throws InterruptedException {
    return client.all(base.at("/commits/" + commit + "/check-runs"), "check_runs", MOST);
  }

  private List<JsonNode> statuses(String commit) throws InterruptedException {
    return client.all(base.at("/commits/" + commit + "/status"), "statuses", MOST);
  }

  private List<Check> checks(List<JsonNode> runs, List<JsonNode> statuses)
      throws InterruptedException {
    var checks = new ArrayList<Check>();
    for (JsonNode run : runs) {
      String conclusion = run.path("conclusion").asString("");
      boolean passed = PASSED.contains(conclusion);
      checks.add(
          new Check(
              run.path("name").asString(""),
              passed,
              conclusion,
              text(run, "html_url"),
              passed ? "" : log(run)));
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

  /** The end of what a failed run printed; of one that is no job of GitHub's, what it reports. */
  private String log(JsonNode run) throws InterruptedException {
    if (!run.path("status").asString("").equals("completed")) {
      return "";
    }
    String id = run.path("id").asString("");
    String job = client.text(base.at("/actions/jobs/" + id + "/logs"));
    JsonNode output = run.path("output");
    String report =
        String.join(
            "\n",
            output.path("title").asString(""),
            output.path("summary").asString(""),
            output.path("text").asString(""));
    return tail((job.isBlank() ? report : job).strip());
  }

  private static String tail(String text) {
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
