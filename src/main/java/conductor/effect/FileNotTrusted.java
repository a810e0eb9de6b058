package conductor.effect;

import java.nio.file.Path;

/**
 * The failure of a command of a project's configuration that would run a file of the worktree whose
 * content there nobody has trusted.
 */
public final class FileNotTrusted extends Failure {

  public final Path file;

  public FileNotTrusted(Path file) {
    super(
        "%s is not as it was trusted, and was not run; compare it with that of your checkout, take over there what is right, run 'conductor trust' there, then 'conductor resume'"
            .formatted(file));
    this.file = file;
  }
}
