package conductor.effect;

import java.nio.file.Path;

/**
 * The configuration of a project has a file of the worktree run that is not, as it is there, what
 * somebody trusted.
 */
public final class FileNotTrusted extends Failure {

  /** what would have run */
  public final Path file;

  public FileNotTrusted(Path file) {
    super(
        "%s is not as it was trusted, and was not run; compare it with that of your checkout, take over there what is right, run 'conductor trust' there, then 'conductor resume'"
            .formatted(file));
    this.file = file;
  }
}
