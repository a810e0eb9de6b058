package conductor.simulation;

import conductor.effect.Issue;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The worktrees that effects would make, which exist nowhere.
 *
 * @param workflow the workflow's name, for the names of branches
 * @param base the branch that worktrees would come from
 * @param now when they would be made
 */
record TypicalWorktrees(String workflow, String base, Instant now) {

  static final String COMMIT = "0".repeat(40);
  static final Path NOWHERE = Path.of("/planned");

  WorktreeEnv made(WorktreeEffect.CreateWorktree create) {
    Issue issue = create.issue();
    String name =
        Stream.of(issue == null ? create.name() : issue.id(), create.suffix())
            .filter(Objects::nonNull)
            .reduce((first, second) -> first + "-" + second)
            .orElse(workflow);
    return env(
        name,
        create.branch(),
        Objects.requireNonNullElse(create.baseBranch(), base),
        issue == null ? null : issue.id(),
        create.sparse());
  }

  WorktreeEnv merged(WorktreeEffect.MergeBranches merge) {
    return env(
        Objects.requireNonNullElse(merge.name(), "merged"), merge.branch(), base, null, null);
  }

  WorktreeEnv checkout() {
    return new WorktreeEnv(
        "RUN:checkout", NOWHERE, base, null, null, COMMIT, null, NOWHERE, now, null, true);
  }

  private WorktreeEnv env(
      String name,
      @Nullable String wanted,
      String from,
      @Nullable String issue,
      @Nullable List<String> sparse) {
    String branch = Objects.requireNonNullElse(wanted, "conductor/" + name + "-RUN");
    String id = name + "-RUN";
    return new WorktreeEnv(
        id, NOWHERE.resolve(id), branch, from, null, COMMIT, issue, NOWHERE, now, sparse, null);
  }
}
