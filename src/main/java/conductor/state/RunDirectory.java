package conductor.state;

import java.nio.file.Path;

/** The directory of one run. Names paths only: nothing is created or read here. */
public record RunDirectory(Path root) {

  /** Returns the run's id, such as {@code wf-1a2b3c}. */
  public String id() {
    return root.getFileName().toString();
  }

  /**
   * Returns the file that says, for readers, what the run is and where it stands; derived from the
   * journal.
   */
  public Path meta() {
    return root.resolve("meta.json");
  }

  /** Returns the journal's file. */
  public Path trace() {
    return root.resolve("trace.jsonl");
  }

  /** Returns the directory of large values, files named by their SHA-256. */
  public Path blobs() {
    return root.resolve("blobs");
  }

  /** Returns the directory of the scripts and parameters that the run keeps. */
  public Path source() {
    return root.resolve("source");
  }

  /**
   * Returns the directory of agents, with {@code <name>.json} and a directory for each, named by
   * {@link FileName}.
   */
  public Path agents() {
    return root.resolve("agents");
  }

  /** Returns the directory of one agent, whatever its name is. */
  public Path agent(String name) {
    return agents().resolve(FileName.of(name));
  }

  /** Returns the directory of the jobs of commands, with a directory for each. */
  public Path commands() {
    return root.resolve("commands");
  }

  /**
   * Returns the directory of the jobs of git commands that run hooks, with a directory for each.
   */
  public Path git() {
    return root.resolve("git");
  }

  /** Returns the directory of what the run saw of pull requests, with a file for each. */
  public Path pulls() {
    return root.resolve("pulls");
  }

  /** Returns the directory of messages from other processes to the owner, with a file for each. */
  public Path inbox() {
    return root.resolve("inbox");
  }

  /** Returns the file of the lock that one live process holds. */
  public Path lock() {
    return root.resolve("owner.lock");
  }

  /** Returns the file that says who holds the lock. */
  public Path owner() {
    return root.resolve("owner.json");
  }
}
