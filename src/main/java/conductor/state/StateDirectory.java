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

  /** Returns a directory per run, named by its id. */
  public Path workflows() {
    return root.resolve("workflows");
  }

  /** Returns the directory of one run. */
  public RunDirectory run(String id) {
    return new RunDirectory(workflows().resolve(id));
  }

  /** Returns the vault: a markdown file per issue. */
  public Path issues() {
    return root.resolve("issues");
  }

  /** Returns the local forge: a directory per repository, a file per pull request. */
  public Path pulls() {
    return root.resolve("pulls");
  }

  /** Returns a directory per repository, a worktree per env. */
  public Path worktrees() {
    return root.resolve("worktrees");
  }

  /** From run ids to names; rebuilt when missing or stale. */
  public Path index() {
    return root.resolve("index.json");
  }

  /** Returns who runs agents on this host, and who waits to. */
  public Path slots() {
    return root.resolve("slots");
  }

  /** Lock files that processes of one host share. */
  public Path locks() {
    return root.resolve("locks");
  }
}
