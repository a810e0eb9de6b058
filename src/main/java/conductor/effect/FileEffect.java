package conductor.effect;

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
