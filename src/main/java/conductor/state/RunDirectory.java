package conductor.state;

import java.nio.file.Path;
import java.util.Objects;

/** The directory of one run. Names paths only: nothing is created or read here. */
public record RunDirectory(Path root) {

  /** Returns the run's id, such as {@code wf-1a2b3c}. */
  public String id() {
    return root.getFileName().toString();
  }

  /** Returns the state directory that the run is in. */
  public StateDirectory state() {
    Path runs = Objects.requireNonNull(root.toAbsolutePath().getParent());
    return new StateDirectory(Objects.requireNonNull(runs.getParent()));
  }

  /** Returns the file that says where the run stands, for readers; derived from the journal. */
  public Path meta() {
    return root.resolve("meta.json");
  }

  /** Returns the journal. */
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

  /** Returns the directory with a JSON file and a directory for each agent, see {@link #agent}. */
  public Path agents() {
    return root.resolve("agents");
  }

  public Path agent(String name) {
    return agents().resolve(FileName.of(name));
  }

  /** Returns the directory of the files that the workflow keeps, under the names it gave them. */
  public Path artifacts() {
    return root.resolve("artifacts");
  }

  /** Returns the directory of the jobs of commands, with a directory for each. */
  public Path commands() {
    return root.resolve("commands");
  }

  /** Returns the directory of git's jobs, those that run hooks, with a directory for each. */
  public Path git() {
    return root.resolve("git");
  }

  /** Returns the directory of what the run saw of pull requests, with a file for each. */
  public Path pulls() {
    return root.resolve("pulls");
  }

  /** Returns the directory of the events that people were told of, with a file for each. */
  public Path notified() {
    return root.resolve("notified");
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
