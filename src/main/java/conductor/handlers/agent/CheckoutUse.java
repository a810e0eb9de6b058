package conductor.handlers.agent;

import conductor.effect.AgentFailure;
import conductor.error.Unchecked;
import conductor.process.ProcessIdentity;
import conductor.state.AtomicFile;
import conductor.state.Digest;
import conductor.state.Locks;
import conductor.state.PrivateFiles;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses the agents of a run a checkout in which an agent of another run works, unless both are
 * shared: two runs have the same checkout, whereas each makes its own worktrees. Who works where is
 * a file for each agent, for all runs of a state directory on this host. An agent that outlives its
 * conductor keeps its place. Safe for use by several threads and processes.
 */
public final class CheckoutUse {

  private final Path directory;
  private final Locks locks;
  private final RunDirectory run;

  /**
   * @param directory the directory of the files, created when needed
   * @param run the run whose agents are let in
   */
  public CheckoutUse(Path directory, Locks locks, RunDirectory run) {
    this.directory = directory;
    this.locks = locks;
    this.run = run;
  }

  /** The time in which an effect waits for an agent in a checkout. */
  interface Stay extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * An agent that works in a checkout.
   *
   * @param agent its directory
   * @param awaited whether an effect waits for it, also between its turns
   * @param owner the process of its run
   */
  private record Use(
      int v,
      Path checkout,
      String run,
      String name,
      Path agent,
      boolean shared,
      boolean awaited,
      ProcessIdentity owner) {

    static final int FORMAT = 1;

    Use unawaited() {
      return new Use(v, checkout, run, name, agent, shared, false, owner);
    }

    boolean excludes(Use other) {
      return !run.equals(other.run)
          && !(shared && other.shared)
          && (checkout.startsWith(other.checkout) || other.checkout.startsWith(checkout));
    }

    boolean works() {
      return BackgroundAgents.works(agent);
    }

    boolean stands() {
      return owner.alive() ? awaited || works() : works() && AgentJobs.anyRuns(agent);
    }
  }

  /**
   * Lets an agent into its checkout, until its turns are over and the stay is closed; does nothing
   * for one that works elsewhere.
   *
   * @throws AgentFailure.WorktreeInUse when an agent of another run works there, or in a directory
   *     above or below
   */
  Stay enter(String agent, AgentSetup setup) throws InterruptedException {
    if (!setup.isInCheckout()) {
      return () -> {};
    }
    var mine =
        new Use(
            Use.FORMAT,
            setup.worktree(),
            run.id(),
            agent,
            run.agent(agent),
            setup.isShared(),
            true,
            ProcessIdentity.current());
    String id = Digest.sha256((run.id() + ":" + agent).getBytes(StandardCharsets.UTF_8));
    Path file = directory.resolve(id + ".json");
    Unchecked.run("make " + directory, () -> PrivateFiles.directories(directory));
    return locks.locked(
        directory.resolve("lock"),
        () -> {
          for (Use other : standing()) {
            if (mine.excludes(other)) {
              throw new AgentFailure.WorktreeInUse(
                  agent, other.run() + ":" + other.name(), setup.worktree());
            }
          }
          AtomicFile.write(file, StateJson.pretty(mine));
          return () -> leave(file, mine);
        });
  }

  private static void leave(Path file, Use mine) {
    if (mine.works()) {
      AtomicFile.write(file, StateJson.pretty(mine.unawaited()));
    } else {
      delete(file);
    }
  }

  /** Returns the agents that work; deletes the files of the others. */
  private List<Use> standing() {
    var standing = new ArrayList<Use>();
    for (Path file : StateJson.files(directory)) {
      Optional<Use> use = StateJson.find(file, Use.class, Use.FORMAT);
      if (use.filter(Use::stands).isPresent()) {
        standing.add(use.get());
      } else if (use.isPresent()) {
        delete(file);
      }
    }
    return standing;
  }

  private static void delete(Path file) {
    Unchecked.get("delete " + file, () -> Files.deleteIfExists(file));
  }
}
