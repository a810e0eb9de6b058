package conductor.handlers.forge.github;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers with their tags, by which GitHub is asked whether they changed. That they did not costs
 * nothing of the rate limit. Holds the latest up to 8 million characters. Safe for use by several
 * threads.
 */
final class KnownAnswers {

  private static final long MOST = 8_000_000;

  private final Map<String, Known> answers = new LinkedHashMap<>();
  private long size;

  /**
   * An answer.
   *
   * @param tag its {@code ETag}, as GitHub wrote it
   */
  record Known(String tag, Response response) {
    private long size() {
      return response.body().length();
    }
  }

  /** Returns the last answer of a place; empty when it is not known. */
  synchronized Optional<Known> find(String place) {
    return Optional.ofNullable(answers.get(place));
  }

  /** Keeps an answer in place of the one before, if it has a tag. */
  synchronized void keep(String place, Response response) {
    Optional<String> tag = response.headers().firstValue("ETag");
    forget(answers.remove(place));
    if (response.status() != 200 || tag.isEmpty()) {
      return;
    }
    var known = new Known(tag.get(), response);
    answers.put(place, known);
    size += known.size();
    Iterator<Known> oldest = answers.values().iterator();
    while (size > MOST && oldest.hasNext()) {
      forget(oldest.next());
      oldest.remove();
    }
  }

  private void forget(@Nullable Known known) {
    size -= known == null ? 0 : known.size();
  }
}
