package conductor.effect;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pull request.
 *
 * @param url where it can be seen; for the local forge its file
 * @param branch the branch with the changes
 * @param target the branch they are proposed for
 * @param head the commit that it proposed when this was read; null of one that an older version
 *     kept
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

  /** Where it stands. */
  public enum Status {
    DRAFT,
    OPEN,
    MERGED,
    CLOSED
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
