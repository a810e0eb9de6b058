package conductor.handlers.forge.github;

/**
 * The merge queue of a repository as GitHub works on it.
 *
 * @param repository a repository with such a queue
 */
public record MergeQueue(FakeRepository repository) {

  /** Takes a pull request out of the queue, if it is in it. */
  public void drop(int number, String reason) {
    Numbered pull = repository.item(number).orElseThrow();
    if (pull.queued) {
      pull.queued = false;
      pull.leftQueue = reason;
    }
  }
}
