package conductor.effect;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The effects on files of a worktree. */
public sealed interface FileEffect<R extends @Nullable Object> extends Effect<R> {

  /** Reads a file. */
  @About(
      value = "Reads a text file of a worktree.",
      example = "def readme = yield ReadFile(env, 'README.md')")
  @Foreseen("")
  record ReadFile(
      @About("the worktree") @Place(kept = false) WorktreeEnv env,
      @About("relative to the worktree; may not lead out of it") String path)
      implements FileEffect<String> {}

  /** Keeps a copy of a file with the run. */
  @About(
      value =
          "Copies a file of a worktree into the run's directory artifacts/, where it stays when the worktree goes, and replies with the copy's path.",
      example = "def report = yield SaveArtifact(env, 'target/report.html')")
  record SaveArtifact(
      @About("the worktree") @Place(kept = false) WorktreeEnv env,
      @About("relative to the worktree; may not lead out of it") String path,
      @About(
              "what the copy is called, with directories if it has a slash; what was saved under it before is replaced; default: the file's own name")
          @Nullable String name)
      implements FileEffect<Path> {
    public SaveArtifact withName(String name) {
      return new SaveArtifact(env, path, name);
    }
  }

  /** Writes a file. */
  @About(
      value = "Writes a text file of a worktree, with the directories it needs.",
      example = "yield WriteFile(env, 'NOTES.md', 'Done.')")
  record WriteFile(
      @About("the worktree") @Place(kept = true) WorktreeEnv env,
      @About("relative to the worktree; may not lead out of it") String path,
      @About("all of the new content: a text, or a secret that Env gave")
          @InJava(type = String.class)
          Object content)
      implements FileEffect<@Nullable Void> {
    public WriteFile {
      if (!(content instanceof String || content instanceof Secret)) {
        throw new IllegalArgumentException(
            "'content' must be a text, or a secret that Env gave, found %s (%s)"
                .formatted(content, content.getClass().getSimpleName()));
      }
    }
  }
}
