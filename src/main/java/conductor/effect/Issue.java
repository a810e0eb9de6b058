package conductor.effect;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work to be done, from the vault, a file or a forge.
 *
 * @param id such as {@code ISSUE-001}
 * @param body markdown without the front matter
 * @param metadata front matter keys that conductor gives no meaning to
 */
public record Issue(
    String id,
    String title,
    String body,
    Status status,
    List<String> labels,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant resolvedAt,
    @Nullable String prUrl,
    Map<String, @Nullable Object> metadata)
    implements Handle {

  public Issue {
    labels = List.copyOf(labels);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** The state of an issue: whether there is still work to do. */
  public enum Status {
    OPEN,
    RESOLVED
  }

  @Override
  public String identity() {
    return id;
  }

  @Override
  public Set<String> texts() {
    return Set.of("title", "body", "labels", "metadata");
  }
}
