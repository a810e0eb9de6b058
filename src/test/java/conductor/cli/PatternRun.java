package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of a script of {@code examples/patterns}, undisturbed or killed once, and what came of it.
 */
final class PatternRun {

  /**
   * What is to be seen after a run, without what differs from run to run.
   *
   * @param result what was printed, or why the run failed
   * @param ledger what agents and commands did, a line each, sorted
   * @param branches the branches of the origin, each with its number of commits and its files
   * @param pulls number, status, title and text of pull requests
   * @param worktrees how many worktrees there are
   */
  record Outcome(
      String result, List<String> ledger, String branches, String pulls, String worktrees) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Project project;
  private final List<String> words = new ArrayList<>();
  private final Set<Path> before;

  PatternRun(Project project, String pattern, String... args) throws IOException {
    this.project = project;
    words.addAll(List.of("run", script(pattern).toString()));
    words.addAll(List.of(args));
    before = runs();
  }

  static Path script(String pattern) {
    return Project.home().resolve("examples/patterns").resolve(pattern + ".groovy");
  }

  /** Where chance comes from; {@code -Dseed=N} draws the same again. */
  static Random seeded() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  Outcome undisturbed() throws Exception {
    return seen(project.conductor(words.toArray(String[]::new)));
  }

  /** How many records the run has. */
  int records() throws IOException {
    Path run = run();
    return run == null ? 0 : lines(run.resolve("trace.jsonl"));
  }

  /** Runs it in a process that is killed once so many records are there, and resumes it. */
  Outcome killedAt(int record) throws Exception {
    kill(record);
    Outcome outcome = resumed();
    everyPositionHasOneReply();
    return outcome;
  }

  /** Runs it in a process that is killed once it asks a person. */
  void killAtGate() throws Exception {
    Process process = project.start(words.toArray(String[]::new));
    while (process.isAlive() && project.conductor("gates", "--json").json().isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    process.destroyForcibly().waitFor();
  }

  private void kill(int record) throws Exception {
    Process process = project.start(words.toArray(String[]::new));
    await(process, record);
    boolean alive = process.isAlive();
    process.destroyForcibly().waitFor();
    System.out.println(
        "%s: %s at record %d".formatted(words.get(1), alive ? "killed" : "ended", records()));
    assertThat(records()).as(said()).isGreaterThanOrEqualTo(Math.min(record, 2));
  }

  Outcome resumed() throws Exception {
    String id = id();
    if (status(id).path("status").asString().equals("done")) {
      return seen(new Project.Result(Exit.OK, Files.readString(project.root.resolve("out")), ""));
    }
    return seen(project.conductor("resume", id));
  }

  String id() throws IOException {
    Path run = run();
    assertThat(run).as(said()).isNotNull();
    return run.getFileName().toString();
  }

  private String said() throws IOException {
    Path err = project.root.resolve("err");
    return Files.exists(err) ? Files.readString(err) : "";
  }

  private Set<Path> runs() throws IOException {
    Path all = project.state.root().resolve("workflows");
    if (!Files.isDirectory(all)) {
      return Set.of();
    }
    try (Stream<Path> found = Files.list(all)) {
      return new HashSet<>(
          found.filter(run -> run.getFileName().toString().startsWith("wf-")).toList());
    }
  }

  /** The directory of this run, not of one before it; null before there is one. */
  private Path run() throws IOException {
    return runs().stream().filter(run -> !before.contains(run)).findFirst().orElse(null);
  }

  private static int lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1).size() : 0;
  }

  /** Waits until a journal has so many whole lines; reads no line twice. */
  private void await(Process process, int record) throws IOException {
    long at = 0;
    int seen = 0;
    while (process.isAlive() && seen < record) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      Path run = run();
      if (run == null || !Files.exists(run.resolve("trace.jsonl"))) {
        continue;
      }
      try (InputStream journal = Files.newInputStream(run.resolve("trace.jsonl"))) {
        journal.skipNBytes(at);
        byte[] more = journal.readAllBytes();
        at += more.length;
        for (byte one : more) {
          seen += one == '\n' ? 1 : 0;
        }
      }
    }
  }

  private JsonNode status(String id) {
    return project.conductor("show", id, "--json").ok().json();
  }

  /** Law 2. */
  private void everyPositionHasOneReply() throws IOException {
    var once = new HashSet<String>();
    for (String line : Files.readAllLines(run().resolve("trace.jsonl"))) {
      JsonNode entry = JSON.readTree(line);
      if (entry.path("k").asString().equals("replied")) {
        String step = entry.path("pos").asString() + "/" + entry.path("step").asString();
        assertThat(once.add(step)).as(line).isTrue();
      }
    }
    assertThat(once).isNotEmpty();
  }

  private Outcome seen(Project.Result result) throws Exception {
    JsonNode run = status(id());
    boolean done = run.path("status").asString().equals("done");
    assertThat(result.code()).as(result.err() + said()).isEqualTo(done ? Exit.OK : Exit.FAILED);
    String branches =
        project.sh(
            """
            cd origin.git
            for ref in $(git for-each-ref --format='%(refname)'); do
              echo "$ref $(git rev-list --count $ref)" $(git ls-tree -r --name-only $ref)
            done
            """);
    JsonNode pulls = project.conductor("pr", "list", "--json").json();
    var lines = new ArrayList<String>();
    String said = done ? result.out() : run.path("error").toString();
    for (JsonNode pull : pulls) {
      String title = pull.path("title").asString();
      lines.add("%s %s".formatted(pull.path("status").asString(), title));
      // branches that propose at the same time get their numbers in any order
      said = said.replace('"' + pull.path("url").asString() + '"', '"' + title + '"');
    }
    return new Outcome(
        plain(said),
        project.ledger().stream().sorted().toList(),
        sorted(plain(branches).lines().toList()),
        sorted(lines),
        project.sh("git -C repo worktree list | wc -l"));
  }

  private static String sorted(List<String> lines) {
    return String.join("\n", lines.stream().sorted().toList());
  }

  private String plain(String text) {
    return text.replace(project.root.toString(), "ROOT")
        .replaceAll("wf-[0-9a-f]{6,}", "RUN")
        .replaceAll("repo-[0-9a-f]{8}", "repo")
        .replaceAll("commands/[^/]+", "commands/JOB")
        .replaceAll("\\b[0-9a-f]{40}\\b", "SHA")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .strip();
  }
}
