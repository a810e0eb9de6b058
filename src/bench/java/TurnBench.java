import conductor.realagents.AgentHome;
import conductor.modelserver.ModelServer;
import conductor.realagents.RealAgent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A turn of an agent alone, beside the same turn through conductor, in turns of one run; the model
 * is a server on loopback that answers at once. Arguments: a scratch directory, the launcher, how
 * many rounds.
 */
final class TurnBench {

  private static final String PROMPT = "do [[write:a.txt|x]] [[say:done]]";

  private final Path scratch;
  private final String launcher;
  private final Path repo;

  private TurnBench(Path scratch, String launcher) {
    this.scratch = scratch;
    this.launcher = launcher;
    this.repo = scratch.resolve("repo");
  }

  /** How long a program took, and the most memory that it and its children held at once. */
  private record Cost(double seconds, double mebibytes) {}

  public static void main(String[] arguments) throws Exception {
    var bench = new TurnBench(Path.of(arguments[0]).toAbsolutePath(), arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    for (RealAgent agent : List.of(RealAgent.CLAUDE, RealAgent.CODEX)) {
      bench.compare(agent, rounds);
    }
  }

  private void compare(RealAgent agent, int rounds) throws Exception {
    try (var model = new ModelServer()) {
      Path home = scratch.resolve("home-" + agent.command());
      var environment =
          new TreeMap<>(AgentHome.make(home, model.address()).environment(agent));
      environment.put("CONDUCTOR_STATE_DIR", scratch.resolve("state").toString());
      Path config = home.resolve(".config/doeff-conductor/config.yaml");
      Files.createDirectories(config.getParent());
      Files.writeString(
          config,
          "agent: %s\nagents: {%s: {program: '%s', pass_env: [TMPDIR, SCRIPTED_API_KEY]}}\n"
              .formatted(agent.command(), agent.command(), agent.program()));
      Path flow = scratch.resolve("turn.groovy");
      Files.writeString(
          flow,
          "def env = yield CreateWorktree()\nreturn yield RunAgent(env: env, prompt: '"
              + PROMPT
              + "')\n");
      if (!Files.exists(repo)) {
        repository(environment);
      }
      var alone = new ArrayList<Cost>();
      var through = new ArrayList<Cost>();
      for (int round = 0; round <= rounds; round++) {
        Cost one = run(alone(agent), environment);
        Cost other = run(List.of(launcher, "run", "--quiet", flow.toString()), environment);
        if (round > 0) { // the first warms up
          alone.add(one);
          through.add(other);
        }
      }
      System.out.printf(
          "%-8s alone %.2f s %.0f MiB   through conductor %.2f s %.0f MiB   added %.2f s %.0f MiB%n",
          agent.command(),
          seconds(alone),
          memory(alone),
          seconds(through),
          memory(through),
          seconds(through) - seconds(alone),
          memory(through) - memory(alone));
    }
  }

  private static List<String> alone(RealAgent agent) {
    String program = agent.program().toString();
    return switch (agent) {
      case CLAUDE ->
          List.of(
              program, "-p", PROMPT, "--output-format", "json", "--permission-mode", "acceptEdits");
      case CODEX -> List.of(program, "exec", "--json", "-s", "workspace-write", PROMPT);
      case GEMINI, OPENCODE -> throw new IllegalArgumentException(agent.command());
    };
  }

  private void repository(Map<String, String> environment) throws Exception {
    Files.createDirectories(repo);
    run(
        List.of("sh", "-c", "git init -q && echo x > README && git add . && git commit -qm one"),
        environment);
  }

  private Cost run(List<String> words, Map<String, String> environment) throws Exception {
    var builder = new ProcessBuilder(words).directory(repo.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true).redirectOutput(scratch.resolve("output").toFile());
    long begun = System.nanoTime();
    Process process = builder.start();
    double most = 0;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      most = Math.max(most, memory(process.toHandle()));
    }
    double took = (System.nanoTime() - begun) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(words + ": " + Files.readString(scratch.resolve("output")));
    }
    return new Cost(took, most);
  }

  private boolean isJob(ProcessHandle process) {
    try {
      String environment = Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
      return environment.contains("CONDUCTOR_JOB=" + scratch);
    } catch (IOException e) {
      return false;
    }
  }

  /** The memory of a program, of what it started and of what conductor detached. */
  private double memory(ProcessHandle process) {
    return Stream.of(
            Stream.of(process),
            process.descendants(),
            ProcessHandle.allProcesses().filter(this::isJob))
        .flatMap(processes -> processes)
        .map(ProcessHandle::pid)
        .distinct()
        .mapToDouble(TurnBench::own)
        .sum();
  }

  /** The proportional share of a process, in MiB. */
  private static double own(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          return Double.parseDouble(line.replaceAll("\\D+", "")) / 1024;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static double seconds(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::seconds).sorted().toArray()[costs.size() / 2];
  }

  private static double memory(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::mebibytes).sorted().toArray()[costs.size() / 2];
  }
}
