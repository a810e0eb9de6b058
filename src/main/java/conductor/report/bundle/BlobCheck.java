package conductor.report.bundle;

import conductor.journal.BlobReferences.Reference;
import conductor.state.HashedInput.Hash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Looks whether every large value is there that a journal names, and is what its name says. */
final class BlobCheck {

  static final String DIRECTORY = "blobs/";

  /** More than a run has; what is beyond takes no memory. */
  private static final int MOST = 200_000;

  private static final String NAME = "[0-9a-f]{64}";

  private final Map<String, Reference> named = new LinkedHashMap<>();
  private final Map<String, Hash> there = new TreeMap<>();
  private final Map<String, List<Reference>> within = new TreeMap<>();
  private final Set<String> redacted = new HashSet<>();
  private int references;

  /** Takes a reference that stands in the journal. */
  void named(Reference reference) {
    if (references < MOST && named.putIfAbsent(reference.sha256(), reference) == null) {
      references++;
    }
  }

  /** Takes a reference that stands in a value. */
  void within(String value, Reference reference) {
    if (references < MOST) {
      within.computeIfAbsent(value, _ -> new ArrayList<>()).add(reference);
      references++;
    }
  }

  /**
   * Takes a value.
   *
   * @param redacted whether it held secrets, so that it is not what it was
   */
  void take(String value, Hash hash, boolean redacted) {
    if (value.matches(NAME)) {
      there.put(value, hash);
      if (redacted) {
        this.redacted.add(value);
      }
    }
  }

  void problems(BiConsumer<String, String> wrong) {
    there.forEach((value, hash) -> {
      if (!redacted.contains(value) && !hash.sha256().equals(value)) {
        wrong.accept(DIRECTORY + value, "it is not what was stored: its SHA-256 is another");
      }
    });
    if (references >= MOST) {
      wrong.accept("trace.jsonl", "it names more than %d large values".formatted(MOST));
    }
    var seen = new HashSet<>(named.keySet());
    var ahead = new ArrayDeque<>(named.values());
    while (!ahead.isEmpty()) {
      Reference next = ahead.remove();
      Hash hash = there.get(next.sha256());
      if (hash == null) {
        wrong.accept(DIRECTORY + next.sha256(), "it is gone, and the journal names it");
      } else if (hash.size() != next.size() && !redacted.contains(next.sha256())) {
        wrong.accept(DIRECTORY + next.sha256(), "it has another size than the journal says");
      } else if (next.isJson()) {
        within.getOrDefault(next.sha256(), List.of()).stream()
            .filter(one -> seen.add(one.sha256()))
            .forEach(ahead::add);
      }
    }
  }
}
