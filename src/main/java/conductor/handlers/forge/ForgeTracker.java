package conductor.handlers.forge;

import conductor.effect.Issue;
import conductor.engine.handler.Key;
import conductor.handlers.git.Git;
import conductor.handlers.issue.Tracker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads and resolves the issues of the forge of a project. */
public record ForgeTracker(Forges forges, Git project) implements Tracker {

  @Override
  public Issue read(String reference, Consumer<String> waiting) throws InterruptedException {
    return forges.of(reference, project, waiting).issue(reference);
  }

  @Override
  public Issue resolve(
      String reference,
      @Nullable String result,
      @Nullable String prUrl,
      Key key,
      Consumer<String> waiting)
      throws InterruptedException {
    return forges.of(reference, project, waiting).resolve(reference, result, prUrl, key);
  }
}
