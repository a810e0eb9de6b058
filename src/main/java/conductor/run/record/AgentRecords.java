package conductor.run.record;

import conductor.effect.AgentUsage;
import conductor.error.Reason;
import conductor.process.Job;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a run's agents, {@code agents/<name>.json}, with the status they have now.
 */
public final class AgentRecords {

  /** The status of an agent without a process of its own or its run's; never stored. */
  public static final String INTERRUPTED = "interrupted";

  private static final Set<String> OVER = Set.of("done", "error", "aborted", INTERRUPTED);

  /** The depth of jobs below an agent's directory. */
  private static final int DEPTH = 3;

  private AgentRecords() {}

  /** Returns the records of all agents, sorted by name. */
  public static List<Map<String, Object>> of(RunDirectory run) {
    List<Path> files = StateJson.files(run.agents());
    return files.isEmpty() || Ownership.of(run).isEmpty()
        ? atRest(run)
        : files.stream().map(AgentRecords::read).toList();
  }

  /** Returns the same for a run that nobody executes any more, whoever may hold its lock. */
  public static List<Map<String, Object>> atRest(RunDirectory run) {
    return StateJson.files(run.agents()).stream()
        .map(AgentRecords::read)
        .map(agent -> isOver(agent) ? agent : left(run, agent))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(Path file) {
    return (Map<String, Object>) StateJson.read(file, Map.class, 1);
  }

  public static boolean isOver(Map<String, Object> agent) {
    return isOver(String.valueOf(agent.get("status")));
  }

  /** Returns what the turns of an agent have used, as its record tells; the time is left out. */
  public static AgentUsage used(Map<String, Object> agent) {
    Map<?, ?> used = agent.get("usage") instanceof Map<?, ?> map ? map : Map.of();
    return new AgentUsage(
        number(used.get("input_tokens")),
        number(used.get("output_tokens")),
        used.get("cost_usd") instanceof Number cost ? cost.doubleValue() : null,
        0,
        (int) number(agent.get("turns")));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /** Returns whether an agent with a status does nothing any more. */
  public static boolean isOver(String status) {
    return OVER.contains(status);
  }

  /**
   * Returns the record of an agent whose run has no owner: as stored while the agent's own program
   * runs, else interrupted.
   */
  private static Map<String, Object> left(RunDirectory run, Map<String, Object> agent) {
    if (isAlive(run.agent(String.valueOf(agent.get("name"))))) {
      return agent;
    }
    var now = new LinkedHashMap<String, Object>(agent);
    now.put("status", INTERRUPTED);
    return now;
  }

  private static boolean isAlive(Path directory) {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> jobs =
        Files.find(
            directory, DEPTH, (file, about) -> about.isRegularFile() && file.endsWith("pid"))) {
      return jobs.anyMatch(
          pid -> Job.in(pid.resolveSibling("")).state() instanceof Job.State.Running);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
    }
  }
}
