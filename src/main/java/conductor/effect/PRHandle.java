package conductor.effect;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pull request, as it was when it was read.
 *
 * @param url the address at which it can be seen; for the local forge its file
 * @param branch the branch with the changes
 * @param target the branch they are proposed for
 * @param head the commit that it proposed then; null in a record of an older version
 */
public record PRHandle(
    String url,
    int number,
    String title,
    String branch,
    String target,
    Status status,
    Instant createdAt,
    @Nullable String head)
    implements Handle {

  /** The state of a pull request. */
  public enum Status {
    DRAFT,
    OPEN,
    MERGED,
    CLOSED;

    /** Returns the word by which people know it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the pull request in another state. */
  public PRHandle with(Status other) {
    return with(title, target, other);
  }

  /** Returns the pull request with another title, target and state. */
  public PRHandle with(String otherTitle, String otherTarget, Status other) {
    return new PRHandle(url, number, otherTitle, branch, otherTarget, other, createdAt, head);
  }

  @Override
  public String identity() {
    return url;
  }

  @Override
  public Set<String> texts() {
    return Set.of("title");
  }
}
