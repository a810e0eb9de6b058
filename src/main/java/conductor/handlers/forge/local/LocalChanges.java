package conductor.handlers.forge.local;

import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import conductor.engine.handler.Key;
import conductor.handlers.forge.Forge;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Repository;
import conductor.handlers.people.Shown;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Changes one pull request of the local forge. Whoever uses it holds the lock of the repository.
 *
 * @param pr the pull request as it is now
 */
record LocalChanges(
    PullRequests pulls, Repository repository, PullRequest pr, Consumer<String> say) {

  private ForgeFailure notPossible(String act, String reason) {
    return new ForgeFailure.NotPossible(pr.url(), act, reason);
  }

  private PRHandle written(PullRequest now) {
    pulls.write(now);
    return now.handle();
  }

  PRHandle markReady() {
    return switch (pr.status()) {
      case OPEN, MERGED -> pr.handle();
      case DRAFT -> written(pr.with(Status.OPEN));
      case CLOSED -> throw notPossible("marked as ready", "it was closed");
    };
  }

  PRHandle reopen() throws InterruptedException {
    return switch (pr.status()) {
      case OPEN, DRAFT -> pr.handle();
      case MERGED -> throw notPossible("reopened", "it was merged");
      case CLOSED -> {
        if (!isThere(pr.branch())) {
          throw notPossible("reopened", "its branch '%s' is gone".formatted(pr.branch()));
        }
        refuseSecond("reopened", pr.target());
        yield written(pr.with(Status.OPEN));
      }
    };
  }

  PRHandle edit(Forge.Changes changes) throws InterruptedException {
    String target = changes.target() == null ? pr.target() : changes.target();
    if (!target.equals(pr.target())) {
      if (!pr.isOpen()) {
        throw notPossible("changed", "it is not open, so its target stays");
      }
      if (!isThere(target)) {
        throw notPossible("changed", "there is no branch '%s'".formatted(target));
      }
      refuseSecond("changed", target);
    }
    var labels = new ArrayList<>(pr.labels());
    changes.addLabels().stream().filter(one -> !labels.contains(one)).forEach(labels::add);
    labels.removeAll(changes.removeLabels());
    return written(
        pr.edited(
            changes.title() == null ? pr.title() : Shown.oneLine(changes.title()),
            changes.body() == null ? pr.body() : changes.body().strip(),
            target,
            labels));
  }

  Forge.Updated update(Set<String> seen, Key key) throws InterruptedException {
    if (!pr.isOpen()) {
      String why = pr.status() == Status.MERGED ? "it was merged" : "it was closed";
      throw notPossible("updated", why);
    }
    try {
      LocalMerge.Update update = new LocalMerge(repository, pr, key, say).update(seen);
      String now = update.commit();
      PRHandle updated = now.equals(pr.head()) ? pr.handle() : written(pr.at(now));
      return new Forge.Updated(updated, update.from());
    } catch (ForgeFailure.NotMergeable e) {
      throw notPossible("updated", e.reason);
    }
  }

  private void refuseSecond(String act, String target) {
    Optional<PullRequest> other =
        pulls.of(pr.repo()).stream()
            .filter(one -> one.isOpen() && one.number() != pr.number())
            .filter(one -> one.branch().equals(pr.branch()) && one.target().equals(target))
            .findFirst();
    if (other.isPresent()) {
      throw notPossible(
          act,
          "%d is open for '%s' into '%s' already"
              .formatted(other.get().number(), pr.branch(), target));
    }
  }

  private boolean isThere(String branch) throws InterruptedException {
    Optional<String> remote = repository.remote();
    return repository.git().reader().commit("refs/heads/" + branch).isPresent()
        || (remote.isPresent()
            && new Remote(repository.git(), remote.get()).commit(branch).isPresent());
  }
}
