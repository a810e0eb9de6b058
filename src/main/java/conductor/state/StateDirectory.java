package conductor.state;

import java.nio.file.Path;

/**
 * The directory that holds everything conductor remembers. Several conductors may work on one at
 * once. Names paths only: nothing is created or read here.
 */
public record StateDirectory(Path root) {

  public StateDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /** Returns the directory of all runs, with a directory for each, named by its id. */
  public Path workflows() {
    return root.resolve("workflows");
  }

  public RunDirectory run(String id) {
    return new RunDirectory(workflows().resolve(id));
  }

  /** Returns the directory of the names that runs were given, with a file for each. */
  public Path names() {
    return root.resolve("names");
  }

  /** Returns the directory of what is left of runs that were removed, until it is deleted. */
  public Path removed() {
    return root.resolve("removed");
  }

  /** Returns the directory of the vault, with a markdown file for each issue. */
  public Path issues() {
    return root.resolve("issues");
  }

  /** Returns the local forge's directory, with one for each repository, of its pull requests. */
  public Path pulls() {
    return root.resolve("pulls");
  }

  /** Returns the directory of worktrees, with a directory for each repository. */
  public Path worktrees() {
    return root.resolve("worktrees");
  }

  /** Returns the file of the index of runs that have ended, a {@link RecordIndex}. */
  public Path index() {
    return root.resolve("index.json");
  }

  /** Returns the directory that says who runs agents on this host, and who waits to. */
  public Path slots() {
    return root.resolve("slots");
  }

  /** Returns the directory that says which agents of this host work in users' checkouts. */
  public Path checkouts() {
    return root.resolve("checkouts");
  }

  /** Returns the directory of the lock files that processes of one host share. */
  public Path locks() {
    return root.resolve("locks");
  }

  /** Returns the directory of the pages that lead a browser to a server, one for each port. */
  public Path entries() {
    return root.resolve("ui");
  }

  /** Returns the directory of compiled workflows, which may be deleted at any time. */
  public Path compiled() {
    return root.resolve("compiled");
  }
}
