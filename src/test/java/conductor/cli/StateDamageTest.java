package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * F4, F18, P2: whatever file of a state directory is damaged, commands say which and what to do,
 * other runs do not suffer, and nothing is lost or done twice. {@code -Ddamages=500} tries more
 * than each build does, {@code -Dseed=N} the same again.
 */
class StateDamageTest {

  private static final Pattern OF_THE_HOST =
      Pattern.compile("internal error|Exception|StackOverflow|\\bat (conductor|java|tools)\\.");

  private static final Set<String> LISTS = Set.of("ps", "doctor", "env", "gates", "issue", "pr");

  /** Damage that leaves what could have been written, or what is made anew. */
  private static final Set<String> HARMLESS =
      Set.of("INDEX", "LETTER DELETED", "ISSUE DELETED", "PULL DELETED", "AGENT DELETED");

  /** Which files are damaged. */
  private enum Kind {
    META("workflows/[^/]+/meta\\.json"),
    TRACE("workflows/[^/]+/trace\\.jsonl"),
    BLOB("workflows/[^/]+/blobs/[0-9a-f]+"),
    SOURCE("workflows/[^/]+/source/.+"),
    AGENT("workflows/[^/]+/agents/[^/]+\\.json"),
    INDEX("index\\.json"),
    WORKTREE("worktrees/[^/]+/[^/]+\\.json"),
    ISSUE("issues/[^/.]+\\.md"),
    PULL("pulls/[^/]+/[^/]+\\.json"),
    LETTER("workflows/[^/]+/inbox/[^/]+\\.json");

    private final Pattern path;

    Kind(String path) {
      this.path = Pattern.compile(path);
    }
  }

  @TempDir private Path temp;
  private Project project;
  private final Set<String> runs = new LinkedHashSet<>();
  private final Map<Kind, List<Path>> files = new EnumMap<>(Kind.class);

  @Test
  @Timeout(value = 5, unit = TimeUnit.HOURS)
  void anyDamageIsToldOfAndHurtsNobodyElse() throws Exception {
    long seed = Long.getLong("seed", 8377511411876L);
    int damages = Integer.getInteger("damages", 30);
    System.out.printf("StateDamageTest: %d damages, -Dseed=%d%n", damages, seed);
    aStateWithEverything();
    var random = new Random(seed);
    var wrong = new ArrayList<String>();
    for (int n = 0; n < damages; n++) {
      Kind kind = Kind.values()[n % Kind.values().length];
      Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
      List<Path> all = files.get(kind);
      Path file = all.get(random.nextInt(all.size()));
      damage.to(file, random);
      for (String one : after(kind, damage, file)) {
        wrong.add("%d %s %s %s: %s".formatted(n, damage, kind, file.getFileName(), one));
        System.out.println(wrong.getLast());
      }
      restore();
    }
    System.out.printf("StateDamageTest: %d damages, %d wrong%n", damages, wrong.size());
    assertThat(wrong).isEmpty();
  }

  private void aStateWithEverything() throws Exception {
    project = Project.withOrigin(temp);
    project.agent("cat > done.txt; echo agent >> $LEDGER; echo done");
    project
        .flow(
            """
            def issue = yield CreateIssue(title: 'T', body: 'b')
            def env = yield CreateWorktree(name: 'n')
            yield RunAgent(env: env, prompt: 'do it')
            yield Exec('echo done >> $LEDGER')
            yield Put('large', 'x' * 40000)
            def pr = yield CreatePR(env: env, title: 'T')
            return 'y' * 20000
            """)
        .ok();
    Project.Result failed =
        project.flow("yield Exec('echo failed >> $LEDGER')\nyield Exec('exit 3', check: true)");
    assertThat(failed.code()).as(failed.err()).isEqualTo(Exit.FAILED);
    project.flow("yield Exec('echo left >> $LEDGER')\nyield CreateWorktree(name: 'm')").ok();
    leave(project.conductor("ps", "--json").json().get(0).path("id").asString());
    Path child =
        project.file(
            "child.groovy",
            """
            yield Exec('echo child >> $LEDGER')
            return yield Gather(a: Ask('first?'), b: Ask('second?'))
            """);
    Project.Result blocked = project.flow("return yield RunWorkflow('" + child + "')", "--no-wait");
    assertThat(blocked.code()).as(blocked.err()).isEqualTo(Exit.BLOCKED);
    JsonNode gate = project.conductor("gates", "--json").json().get(0);
    String asker = gate.path("run").asString();
    project.conductor("answer", asker, gate.path("position").asString(), "yes").ok();
    project.conductor("ps", "--json").json().forEach(run -> runs.add(run.path("id").asString()));
    assertThat(runs).hasSize(5);
    assertThat(project.ledger())
        .containsExactlyInAnyOrder("agent", "done", "failed", "left", "child");
    for (Kind kind : Kind.values()) {
      files.put(kind, found(kind));
    }
    project.sh("mkdir kept && cp -a state repo origin.git ledger kept/");
  }

  /** As if the run's owner had been killed just before its end. */
  private void leave(String run) throws IOException {
    Path trace = project.state.run(run).trace();
    List<String> lines = Files.readAllLines(trace);
    Files.write(trace, lines.subList(0, lines.size() - 1));
    Path meta = project.state.run(run).meta();
    Files.writeString(meta, Files.readString(meta).replace("\"done\"", "\"running\""));
  }

  private List<Path> found(Kind kind) throws IOException {
    Path root = project.state.root();
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> found =
          all.filter(Files::isRegularFile)
              .filter(file -> kind.path.matcher(root.relativize(file).toString()).matches())
              .sorted(Comparator.comparing(this::withoutIds))
              .toList();
      assertThat(found).as(kind.toString()).isNotEmpty();
      return found;
    }
  }

  /** The same for each state that is made, so that a seed draws the same files. */
  private String withoutIds(Path file) {
    String path = file.toString();
    int n = 0;
    for (String run : runs) {
      path = path.replace(run, "run" + n++);
    }
    return path;
  }

  private void restore() throws Exception {
    project.sh("rm -rf state repo origin.git ledger; cp -a kept/* .");
  }

  /** What is wrong with what commands say and do when a file is damaged, a line each. */
  private List<String> after(Kind kind, Damage damage, Path file) throws Exception {
    var wrong = new ArrayList<String>();
    Path below = project.state.root().relativize(file);
    String hurt = below.startsWith("workflows") ? below.getName(1).toString() : "";
    var said = new StringBuilder();
    for (List<String> words : commands(hurt)) {
      Project.Result result = project.conductor(words.toArray(String[]::new));
      String all = result.out() + result.err();
      said.append(all);
      if (OF_THE_HOST.matcher(all).find() || result.code() < 0 || result.code() > Exit.BROKEN) {
        wrong.add("%s ended with %d: %s".formatted(words, result.code(), brief(all)));
      }
      if (result.code() == Exit.BROKEN && !all.contains(file.toString())) {
        wrong.add("%s does not name the file: %s".formatted(words, brief(all)));
      }
      if (LISTS.contains(words.getFirst()) && result.code() == Exit.BROKEN) {
        wrong.add("%s lists nothing: %s".formatted(words, brief(all)));
      }
      switch (words.getFirst()) {
        case "ps" -> wrong.addAll(unlisted(result, hurt));
        case "env" -> {
          if (kind == Kind.META && all.contains(hurt + "  would be removed")) {
            wrong.add("%s: %s".formatted(words, brief(all)));
          }
        }
        case "show", "logs" -> {
          if (!words.getLast().equals(hurt) && result.code() != Exit.OK) {
            wrong.add("%s ended with %d: %s".formatted(words, result.code(), brief(all)));
          }
        }
        default -> {}
      }
    }
    if (!isHarmless(kind, damage, file) && !said.toString().contains(file.toString())) {
      wrong.add("nobody names " + file);
    }
    if (new HashSet<>(project.ledger()).size() != project.ledger().size()) {
      wrong.add("done again: " + project.ledger());
    }
    return wrong;
  }

  private static boolean isHarmless(Kind kind, Damage damage, Path file) {
    return damage == Damage.FLIPPED
        || damage == Damage.TRUNCATED
        || file.endsWith("files.json")
        || HARMLESS.contains(kind.name())
        || HARMLESS.contains(kind + " " + damage)
        || (kind == Kind.ISSUE && damage != Damage.DIRECTORY && damage != Damage.UNREADABLE);
  }

  private List<String> unlisted(Project.Result listed, String hurt) {
    return runs.stream()
        .filter(
            run -> !(run.equals(hurt) ? listed.out() + listed.err() : listed.out()).contains(run))
        .map(run -> "ps does not list " + run + ": " + brief(listed.out() + listed.err()))
        .toList();
  }

  private List<List<String>> commands(String hurt) {
    var commands = new ArrayList<List<String>>();
    commands.add(List.of("ps"));
    runs.forEach(run -> commands.add(List.of("show", run)));
    commands.add(List.of("doctor"));
    commands.add(List.of("doctor", "--state"));
    commands.add(List.of("env", "list"));
    commands.add(List.of("env", "cleanup", "--dry-run"));
    commands.add(List.of("gates"));
    commands.add(List.of("issue", "list"));
    commands.add(List.of("pr", "list"));
    (hurt.isEmpty() ? runs : Set.of(hurt)).forEach(run -> commands.add(List.of("logs", run)));
    (hurt.isEmpty() ? runs : Set.of(hurt))
        .forEach(run -> commands.add(List.of("resume", run, "--no-wait")));
    return commands;
  }

  private static String brief(String text) {
    return text.strip().replace("\n", " / ").substring(0, Math.min(400, text.strip().length()));
  }
}
