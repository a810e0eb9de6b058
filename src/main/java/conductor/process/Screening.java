package conductor.process;

import java.nio.file.Path;
import java.util.Collection;

/** Keeps files of a worktree from being run that nobody has trusted as they are there. */
@FunctionalInterface
public interface Screening {

  /**
   * Looks at what is to be run.
   *
   * @param texts the words of a command, and the values of variables that are set for it
   * @param worktree where it runs
   * @throws conductor.effect.FileNotTrusted when one of them names a file that must not be run
   */
  void screen(Collection<String> texts, Path worktree);
}
