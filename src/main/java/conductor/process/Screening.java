package conductor.process;

import java.nio.file.Path;
import java.util.Collection;

/** Refuses to run files of a worktree whose content there nobody has trusted. */
@FunctionalInterface
public interface Screening {

  /**
   * Checks the files that a command names before it is run.
   *
   * @param texts the words of a command, and the values of variables that are set for it
   * @param worktree the worktree that it runs in
   * @param directory the directory of the worktree that it starts in
   * @throws conductor.effect.FileNotTrusted when one of them names a file that must not be run
   */
  void screen(Collection<String> texts, Path worktree, Path directory);
}
