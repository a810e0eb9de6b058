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

  /** A directory per run, named by its id. */
  public Path workflows() {
    return root.resolve("workflows");
  }

  /** The directory of one run. */
  public RunDirectory run(String id) {
    return new RunDirectory(workflows().resolve(id));
  }

  /** The vault: a markdown file per issue. */
  public Path issues() {
    return root.resolve("issues");
  }

  /** The local forge: a directory per repository, a file per pull request. */
  public Path pulls() {
    return root.resolve("pulls");
  }

  /** A directory per repository, a worktree per env. */
  public Path worktrees() {
    return root.resolve("worktrees");
  }

  /** From run ids to names; rebuilt when missing or stale. */
  public Path index() {
    return root.resolve("index.json");
  }

  /** Who runs agents on this host, and who waits to. */
  public Path slots() {
    return root.resolve("slots");
  }

  /** Lock files that processes of one host share. */
  public Path locks() {
    return root.resolve("locks");
  }
}
