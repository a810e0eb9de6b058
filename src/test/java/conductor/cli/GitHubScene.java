package conductor.cli;

import conductor.handlers.forge.github.FakeRepository.Check;
import conductor.process.Strays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A project on the double of GitHub in which {@code basic_pr} follows its pull request. A check
 * fails until it is repaired; then a person asks for changes and another one asks something; both
 * are answered, and the change is approved.
 */
final class GitHubScene implements AutoCloseable {

  private static final int LIMIT_SECONDS = 240;

  private final Path root;
  private final String[] run;
  private String built = "";
  private boolean passes;

  final OnGitHub github;

  GitHubScene(Path root) throws Exception {
    this.root = root;
    this.github = new OnGitHub(root).agent(FollowTest.AGENT).settling("0s");
    this.run = github.following("basic_pr");
    github.repository.runner = commit -> List.of(new Check("build", conclusion(commit), "broken"));
    github.repository.people = this::people;
  }

  private String conclusion(String commit) {
    return isRepaired(commit) ? "success" : "failure";
  }

  private synchronized boolean isRepaired(String commit) {
    if (!built.equals(commit)) {
      passes = github.lines(commit, "repairs.txt") > 0;
      built = commit;
    }
    return passes;
  }

  private void people() {
    var repository = github.repository;
    if (repository.pulls() == 0 || !isRepaired(repository.head(1))) {
      return;
    }
    if (!repository.reviewed(1, "CHANGES_REQUESTED")) {
      repository.review(1, "ann", "CHANGES_REQUESTED", "", "a.txt:1: Bad name.");
      repository.says(1, "bob", "MEMBER", "What is it for?");
    }
    boolean answered = repository.replies(1).size() > 0 && repository.comments(1).size() > 2;
    if (answered && !repository.reviewed(1, "APPROVED")) {
      repository.review(1, "ann", "APPROVED", "Fine now.");
    }
  }

  /** Runs the template to its end, or to where it is killed. */
  int run(@Nullable GitHubPoint point) throws Exception {
    var reached = new CountDownLatch(1);
    var killed = new CountDownLatch(1);
    if (point != null) {
      github.fake.planAt(point.request(), point.fault(reached, killed));
    }
    return call(List.of(run), reached, killed);
  }

  /** Goes on with the run once; one that had not begun is begun. */
  int resume() throws Exception {
    Optional<String> run = runId();
    List<String> words = run.isPresent() ? List.of("resume", run.get()) : List.of(this.run);
    return call(words, new CountDownLatch(1), new CountDownLatch(1));
  }

  private JsonNode runs() {
    return github.project.conductor("ps", "--json").json();
  }

  private Optional<String> runId() {
    return runs().valueStream().map(run -> run.path("id").asString()).findFirst();
  }

  private int call(List<String> arguments, CountDownLatch reached, CountDownLatch killed)
      throws Exception {
    Path temporary = Files.createDirectories(root.resolve("tmp"));
    var builder = new ProcessBuilder(PackagedConductor.made().words(temporary, arguments));
    builder.directory(github.project.repo.toFile());
    builder.environment().clear();
    builder.environment().putAll(github.project.environment);
    Process process =
        builder
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(root.resolve("out").toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(root.resolve("err").toFile()))
            .start();
    process.onExit().thenRun(reached::countDown);
    if (!reached.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("'%s' did not end: %s".formatted(arguments, github.log()));
    }
    process.destroyForcibly().waitFor();
    killed.countDown();
    return process.exitValue();
  }

  /** What is there once it has ended. */
  CrashTraces traces() throws Exception {
    Project project = github.project;
    var texts = new TreeMap<String, String>();
    texts.put(
        "status",
        runs()
            .valueStream()
            .map(run -> run.path("status").asString())
            .collect(Collectors.joining(" ")));
    texts.put("result", Files.readString(root.resolve("out")));
    texts.put("ledger", String.join("\n", project.ledger()));
    texts.put("origin", CrashTraces.log(project, github.bare.toString(), "refs"));
    texts.put("branches", CrashTraces.log(project, "repo", "refs/heads"));
    texts.put("pulls", String.join("\n", github.repository.story()));
    texts.put("worktrees", project.sh("git -C repo worktree list --porcelain"));
    texts.put("locks", project.sh("find repo/.git %s -name '*.lock'".formatted(github.bare)));
    texts.put(
        "processes",
        Strays.below(project.state.root()).stream()
            .map(stray -> stray.job().toString())
            .collect(Collectors.joining("\n")));
    texts.replaceAll((_, text) -> text.replace(github.fake.url(), "GITHUB"));
    return CrashTraces.of(texts, root, runId().orElse("no run"));
  }

  String said() throws IOException {
    return github.log();
  }

  /** The requests up to now. */
  List<String> requests() {
    return new ArrayList<>(github.fake.requests(".*"));
  }

  @Override
  public void close() {
    Strays.below(github.project.state.root())
        .forEach(stray -> ProcessHandle.of(stray.pid()).ifPresent(ProcessHandle::destroyForcibly));
    github.close();
  }
}
