package conductor.handlers.agent.protocol;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Openings of conversations as most tests need them: with the program's defaults in all else. */
public final class Openings {

  private Openings() {}

  /** A new session at the top of a worktree. */
  public static Opening at(Path worktree) {
    return at(worktree, worktree);
  }

  /** A new session in a directory of a worktree. */
  public static Opening at(Path directory, Path worktree) {
    return new Opening(
        directory,
        worktree,
        null,
        false,
        null,
        null,
        null,
        null,
        null,
        Usage.NONE,
        Equipment.NONE,
        Path.of("/own"));
  }

  /** The same in a permission mode, with a model and an effort. */
  public static Opening set(
      Opening opening, @Nullable String mode, @Nullable String model, @Nullable String effort) {
    return new Opening(
        opening.directory(),
        opening.worktree(),
        opening.resumes(),
        opening.forks(),
        opening.forksAt(),
        model,
        mode,
        effort,
        opening.schema(),
        opening.spent(),
        opening.equipment(),
        opening.own());
  }

  /** The same for a session that goes on, or for a copy of it up to a place. */
  public static Opening resuming(
      Opening opening, @Nullable String session, boolean forks, @Nullable String place) {
    return new Opening(
        opening.directory(),
        opening.worktree(),
        session,
        forks,
        place,
        opening.model(),
        opening.mode(),
        opening.effort(),
        opening.schema(),
        opening.spent(),
        opening.equipment(),
        opening.own());
  }
}
