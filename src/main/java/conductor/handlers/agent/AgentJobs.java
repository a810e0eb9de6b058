package conductor.handlers.agent;

import conductor.error.Reason;
import conductor.process.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks at the processes of an agent, whoever started them. */
final class AgentJobs {

  private AgentJobs() {}

  /** Returns whether a process of an agent runs; the jobs are in directories below the agent's. */
  static boolean anyRuns(Path agent) {
    if (!Files.isDirectory(agent)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(agent, 3)) {
      return files
          .filter(file -> file.getFileName().toString().equals("pid"))
          .map(file -> Job.in(file.resolveSibling("")))
          .anyMatch(job -> job.state() instanceof Job.State.Running);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + agent + ": " + Reason.of(e), e);
    }
  }
}
