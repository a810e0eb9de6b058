package conductor.handlers.agent;

import conductor.process.Job;
import conductor.state.FileTree;
import java.nio.file.Path;

/** Looks at the processes of an agent, whoever started them. */
final class AgentJobs {

  private AgentJobs() {}

  /** Returns whether a process of an agent runs; the jobs are in directories below the agent's. */
  static boolean anyRuns(Path agent) {
    return FileTree.below(agent, 3).stream()
        .filter(file -> file.endsWith("pid"))
        .map(file -> Job.in(file.resolveSibling("")))
        .anyMatch(job -> job.state() instanceof Job.State.Running);
  }
}
