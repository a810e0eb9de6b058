package conductor.handlers.forge.github;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An issue or a pull request: they share their numbers. */
final class Numbered {
  int number;
  boolean pull;
  String title = "";
  String body = "";
  String user = "conductor-bot";
  boolean open = true;
  boolean merged;
  boolean draft;
  boolean judged;

  /** How GitHub merges it once it can; null when it does not. */
  @Nullable String autoMerge;

  boolean queued;

  /** Why it is no longer in the merge queue; null when it was never taken out of it. */
  @Nullable String leftQueue;

  FakeRepository from;
  String branch = "";
  String base = "";

  Numbered(FakeRepository from) {
    this.from = from;
  }

  String head = "";
  String mergeCommit = "";
  final List<String> labels = new CopyOnWriteArrayList<>();
  final List<String> reviewers = new CopyOnWriteArrayList<>();
  final List<FakeRepository.Said> comments = new CopyOnWriteArrayList<>();
  final List<FakeRepository.Reviewed> reviews = new CopyOnWriteArrayList<>();
}
