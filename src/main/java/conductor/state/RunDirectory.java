package conductor.state;

import java.nio.file.Path;

/** The directory of one run. Names paths only: nothing is created or read here. */
public record RunDirectory(Path root) {

  /** Returns the run's id, such as {@code wf-1a2b3c}. */
  public String id() {
    return root.getFileName().toString();
  }

  /** Returns what the run is and where it stands, for readers; derived from the journal. */
  public Path meta() {
    return root.resolve("meta.json");
  }

  /** Returns the journal. */
  public Path trace() {
    return root.resolve("trace.jsonl");
  }

  /** Large values, named by their SHA-256. */
  public Path blobs() {
    return root.resolve("blobs");
  }

  /** Returns the scripts and parameters that the run keeps. */
  public Path source() {
    return root.resolve("source");
  }

  /** Agents: {@code <name>.json} and a directory each, named by {@link FileName}. */
  public Path agents() {
    return root.resolve("agents");
  }

  /** The directory of one agent, whatever its name is. */
  public Path agent(String name) {
    return agents().resolve(FileName.of(name));
  }

  /** Returns the jobs of commands, a directory each. */
  public Path commands() {
    return root.resolve("commands");
  }

  /** Returns the jobs of git commands that run hooks, a directory each. */
  public Path git() {
    return root.resolve("git");
  }

  /** Returns what the run saw of pull requests, a file each. */
  public Path pulls() {
    return root.resolve("pulls");
  }

  /** Returns what other processes tell the owner, a file each. */
  public Path inbox() {
    return root.resolve("inbox");
  }

  /** Returns the lock that one live process holds. */
  public Path lock() {
    return root.resolve("owner.lock");
  }

  /** Returns who holds the lock. */
  public Path owner() {
    return root.resolve("owner.json");
  }
}
