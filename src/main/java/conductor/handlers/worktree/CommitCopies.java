package conductor.handlers.worktree;

import conductor.handlers.git.CommitText;
import conductor.handlers.git.Git;
import conductor.handlers.git.RepositoryReader.Order;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Messages and authors for commits that repeat the work of existing commits. */
public final class CommitCopies {

  private CommitCopies() {}

  /** Returns git that commits with the author and author date of a commit. */
  public static Git by(Git git, String commit) throws InterruptedException {
    CommitText author = git.reader().text(commit);
    return git.with("GIT_AUTHOR_NAME", author.name())
        .with("GIT_AUTHOR_EMAIL", author.email())
        .with("GIT_AUTHOR_DATE", author.date());
  }

  /**
   * Returns the message of a commit that replaces several: a title, then the message of each
   * without its key. The other authors become trailers.
   *
   * @param trailers receives a {@code Co-authored-by} for each author but that of the last commit
   */
  public static String squashed(
      Git git, String title, String base, String head, List<String> trailers)
      throws InterruptedException {
    List<String> commits = git.reader().commits(base, head, Order.DATE);
    String author = git.reader().text(head).author();
    var others = new LinkedHashSet<String>();
    var text = new StringBuilder(title.strip());
    boolean listed = commits.size() > 1;
    for (String commit : commits) {
      CommitText said = git.reader().text(commit);
      others.add(said.author());
      String message = withoutKey(said.message());
      if (listed) {
        text.append("\n\n* ").append(message);
      } else if (!message.equals(title.strip())) {
        text.append("\n\n").append(message);
      }
    }
    others.remove(author);
    others.forEach(other -> trailers.add("Co-authored-by: " + other));
    return text.toString();
  }

  private static String withoutKey(String message) {
    return message
        .lines()
        .filter(line -> !line.startsWith(Commits.TRAILER + ": "))
        .collect(Collectors.joining("\n"))
        .strip();
  }
}
