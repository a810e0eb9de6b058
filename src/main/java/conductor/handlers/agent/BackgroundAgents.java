package conductor.handlers.agent;

import conductor.state.FileTree;
import conductor.state.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agents of a run that go on while no effect waits for them, by their worktrees. Knows those of
 * earlier processes, too. Safe for use by several threads.
 */
final class BackgroundAgents {

  private final RunDirectory run;
  private @Nullable Map<Path, Set<String>> names;

  BackgroundAgents(RunDirectory run) {
    this.run = run;
  }

  /** Adds an agent whose record was written, unless effects wait for it. */
  synchronized void add(AgentSetup agent) {
    if (names != null) {
      put(names, agent);
    }
  }

  private static void put(Map<Path, Set<String>> names, AgentSetup agent) {
    if (agent.isBackground() && agent.name() != null) {
      names.computeIfAbsent(agent.worktree(), _ -> new LinkedHashSet<>()).add(agent.name());
    }
  }

  /** Returns the agents of a worktree that have an unfinished turn of an effect. */
  synchronized List<AgentSetup> working(Path worktree) {
    if (names == null) {
      names = read();
    }
    return names.getOrDefault(worktree, Set.of()).stream()
        .map(run::agent)
        .filter(BackgroundAgents::works)
        .map(AgentSetup::in)
        .flatMap(Optional::stream)
        .toList();
  }

  private Map<Path, Set<String>> read() {
    var found = new HashMap<Path, Set<String>>();
    FileTree.in(run.agents()).stream()
        .filter(Files::isDirectory)
        .map(AgentSetup::in)
        .flatMap(Optional::stream)
        .forEach(agent -> put(found, agent));
    return found;
  }

  /** Returns whether an agent has an unfinished turn of an effect. */
  static boolean works(Path directory) {
    var turns = new Turns(directory);
    return !Files.exists(turns.stopped()) && turns.open().stream().anyMatch(Turn::isOfEffect);
  }
}
