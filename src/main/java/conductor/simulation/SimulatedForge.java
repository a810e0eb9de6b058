package conductor.simulation;

import conductor.effect.Checks;
import conductor.effect.ForgeEffect;
import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import conductor.effect.PRReview;
import conductor.scenario.Outcome;
import conductor.scenario.Scenario;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A forge in memory: pull requests of the simulated repository's remote. It has no checks and no
 * reviews, as the local forge has none; rules for these effects tell others.
 */
final class SimulatedForge {

  private final SimulatedRepository repository;
  private final SimulatedGit git;
  private final String base;
  private final InstantSource clock;
  private final List<Pull> pulls = new ArrayList<>();

  SimulatedForge(
      SimulatedRepository repository, SimulatedGit git, String base, InstantSource clock) {
    this.repository = repository;
    this.git = git;
    this.base = base;
    this.clock = clock;
  }

  /** A pull request as it is now. */
  private static final class Pull {
    final List<String> files;
    final List<String> comments = new ArrayList<>();
    PRHandle handle;
    String body;

    Pull(PRHandle handle, String body, List<String> files) {
      this.handle = handle;
      this.body = body;
      this.files = files;
    }

    Outcome.Pull seen() {
      return new Outcome.Pull(
          handle.number(),
          handle.title(),
          body,
          handle.branch(),
          handle.target(),
          handle.status().text(),
          files,
          comments);
    }

    boolean isOpen() {
      return handle.status() == Status.OPEN || handle.status() == Status.DRAFT;
    }

    PRHandle is(Status status) {
      handle = handle.with(status);
      return handle;
    }
  }

  List<Outcome.Pull> seen() {
    return pulls.stream().map(Pull::seen).toList();
  }

  /** Performs an effect; returns empty for one of which a forge without people knows nothing. */
  Optional<Object> perform(ForgeEffect<?> effect) {
    return Optional.ofNullable(
        switch (effect) {
          case ForgeEffect.CreatePR create -> open(create);
          case ForgeEffect.MergePR merge -> merge(merge.pr(), merge.deleteBranch());
          case ForgeEffect.WaitForMerge wait -> merge(wait.pr(), wait.deleteBranch());
          case ForgeEffect.ClosePR close -> pull(close.pr()).is(Status.CLOSED);
          case ForgeEffect.ReadyPR ready -> pull(ready.pr()).is(Status.OPEN);
          case ForgeEffect.ReopenPR reopen -> pull(reopen.pr()).is(Status.OPEN);
          case ForgeEffect.EditPR edit -> edit(edit);
          case ForgeEffect.CommentPR comment -> comment(comment);
          case ForgeEffect.GetPR get -> named(get.pr().text()).handle;
          case ForgeEffect.ListPRs list -> list(list);
          case ForgeEffect.UpdatePRBranch update -> pull(update.pr()).handle;
          case ForgeEffect.WaitForChecks wait ->
              new Checks(pull(wait.pr()).handle, true, List.of(), List.of());
          case ForgeEffect.WaitForReview wait -> PRReview.none(pull(wait.pr()).handle);
          case ForgeEffect.ReviewPR _ -> null;
        });
  }

  /** Opens a pull request that was there before the run: its branch is at the remote. */
  void open(Scenario.OpenPull given) {
    String there = repository.pushed(base).orElseThrow();
    var files = new TreeMap<>(repository.at(there).files());
    files.putAll(given.files());
    SimulatedRepository.Commit head = repository.commit(List.of(there), given.title(), files);
    repository.land(given.branch(), head);
    add(given.title(), "", given.branch(), base, Status.OPEN, head.id());
  }

  private PRHandle open(ForgeEffect.CreatePR create) {
    String branch = create.env().branch();
    String target =
        Objects.requireNonNullElse(
            create.target(), Objects.requireNonNullElse(create.env().baseBranch(), base));
    if (repository.isDirty(repository.tree(create.env()))) {
      repository.commit(create.env(), create.title());
    }
    git.push(create.env(), branch, false);
    Optional<Pull> open =
        pulls.stream()
            .filter(pull -> pull.isOpen() && pull.handle.branch().equals(branch))
            .findFirst();
    if (open.isPresent()) {
      return open.get().handle;
    }
    return add(
        create.title(),
        Objects.requireNonNullElse(create.body(), ""),
        branch,
        target,
        Boolean.TRUE.equals(create.draft()) ? Status.DRAFT : Status.OPEN,
        repository.tree(create.env()).head);
  }

  private PRHandle add(
      String title, String body, String branch, String target, Status status, String head) {
    String there =
        repository
            .pushed(target)
            .orElseThrow(() -> SimulatedRepository.unknown(target, TypicalWorktrees.NOWHERE));
    List<String> files =
        SimulatedRepository.changed(repository.at(there).files(), repository.at(head).files());
    if (files.isEmpty()) {
      throw new ForgeFailure.NothingToPropose(branch, target);
    }
    int number = pulls.size() + 1;
    String url = "https://forge.invalid/pull/" + number;
    var handle = new PRHandle(url, number, title, branch, target, status, clock.instant(), head);
    pulls.add(new Pull(handle, body, files));
    return handle;
  }

  private PRHandle merge(PRHandle pr, @Nullable Boolean deleteBranch) {
    Pull pull = pull(pr);
    if (pull.handle.status() == Status.MERGED) {
      return pull.handle;
    }
    if (pull.handle.status() != Status.OPEN) {
      throw new ForgeFailure.NotMergeable(pr.url(), "it is " + pull.handle.status().text());
    }
    String target = pull.handle.target();
    String ours = repository.pushed(target).orElseThrow();
    String theirs = repository.pushed(pull.handle.branch()).orElse(ours);
    SimulatedRepository.Merged merged = repository.merge(ours, theirs);
    if (!merged.conflicts().isEmpty()) {
      throw new ForgeFailure.NotMergeable(
          pr.url(), "it conflicts with %s in %s".formatted(target, merged.conflicts()));
    }
    repository.land(
        target,
        repository.commit(List.of(ours, theirs), "Merge #" + pull.handle.number(), merged.files()));
    if (Boolean.TRUE.equals(deleteBranch)) {
      repository.deleteRemote(pull.handle.branch());
    }
    return pull.is(Status.MERGED);
  }

  private PRHandle edit(ForgeEffect.EditPR edit) {
    Pull pull = pull(edit.pr());
    pull.body = Objects.requireNonNullElse(edit.body(), pull.body);
    pull.handle =
        pull.handle.with(
            Objects.requireNonNullElse(edit.title(), pull.handle.title()),
            Objects.requireNonNullElse(edit.target(), pull.handle.target()),
            pull.handle.status());
    return pull.handle;
  }

  private String comment(ForgeEffect.CommentPR comment) {
    Pull pull = pull(comment.pr());
    pull.comments.add(comment.body());
    return "%s#comment-%d".formatted(pull.handle.url(), pull.comments.size());
  }

  private List<PRHandle> list(ForgeEffect.ListPRs list) {
    ForgeEffect.Selection which =
        Objects.requireNonNullElse(list.status(), ForgeEffect.Selection.OPEN);
    return pulls.stream()
        .filter(pull ->
            switch (which) {
              case OPEN -> pull.isOpen();
              case CLOSED -> pull.handle.status() == Status.CLOSED;
              case MERGED -> pull.handle.status() == Status.MERGED;
              case ALL -> true;
            })
        .map(pull -> pull.handle)
        .filter(pr -> list.branch() == null || pr.branch().equals(list.branch()))
        .filter(pr -> list.target() == null || pr.target().equals(list.target()))
        .limit(Objects.requireNonNullElse(list.limit(), Integer.MAX_VALUE))
        .toList();
  }

  private Pull pull(PRHandle pr) {
    return named(pr.url());
  }

  private Pull named(String text) {
    return pulls.stream()
        .filter(pull ->
            pull.handle.url().equals(text)
                || text.replaceFirst("^#", "").equals(Integer.toString(pull.handle.number())))
        .findFirst()
        .orElseThrow(() -> new ForgeFailure.UnknownPullRequest(text));
  }
}
