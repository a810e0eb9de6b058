package conductor.handlers.worktree;

import conductor.handlers.git.Git;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What a commit says, when its work is committed anew: texts and authors of commits. */
public final class Picked {

  private Picked() {}

  /** Returns what {@code git show --format} says of a commit, to the letter. */
  static String show(Git git, String commit, String format) throws InterruptedException {
    return git.text("log", "-1", "--no-notes", "--date=raw", "--format=" + format, commit, "--");
  }

  /** Returns the message of a commit. */
  public static String message(Git git, String commit) throws InterruptedException {
    return show(git, commit, "%B");
  }

  /** Returns git that commits as the author of a commit, at the time it was written. */
  public static Git by(Git git, String commit) throws InterruptedException {
    List<String> author = show(git, commit, "%an%n%ae%n%ad").lines().toList();
    return git.with("GIT_AUTHOR_NAME", author.get(0))
        .with("GIT_AUTHOR_EMAIL", author.get(1))
        .with("GIT_AUTHOR_DATE", author.get(2));
  }

  /**
   * Returns the text of a commit that takes the place of several: a title, then the message of
   * each. The other authors become trailers.
   *
   * @param trailers gets a {@code Co-authored-by} for each author but that of the last commit
   */
  public static String squashed(
      Git git, String title, String base, String head, List<String> trailers)
      throws InterruptedException {
    List<String> commits = git.lines("rev-list", "--reverse", "--no-merges", base + ".." + head);
    String author = show(git, head, "%an <%ae>").strip();
    var others = new LinkedHashSet<String>();
    var text = new StringBuilder(title.strip());
    boolean listed = commits.size() > 1;
    for (String commit : commits) {
      others.add(show(git, commit, "%an <%ae>").strip());
      String message = withoutKey(message(git, commit));
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
    var lines = new ArrayList<String>();
    message.lines().filter(line -> !line.startsWith(Commits.TRAILER + ": ")).forEach(lines::add);
    return String.join("\n", lines).strip();
  }

  /** Returns whether there are merges between two commits. */
  public static boolean hasMerges(Git git, String base, String head) throws InterruptedException {
    return git.count(List.of("--merges", base + ".." + head)) > 0;
  }
}
