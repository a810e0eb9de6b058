package conductor.report.bundle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a bundle or a run after it was looked through.
 *
 * @param run its id; empty where that cannot be told
 * @param conductor the version that wrote the bundle; null for a run, which does not say it, and
 *     where it is not known
 * @param formats the formats of the records, by name: those that the bundle names, for a run those
 *     that this version knows
 * @param runs the run and those that it started
 * @param files how many were looked at
 * @param bytes how large they are together
 * @param wrong what is wrong
 * @param more how much more is wrong than {@code wrong} holds
 * @param notes what is worth knowing and not wrong
 */
public record Verification(
    String run,
    @Nullable String conductor,
    Map<String, Integer> formats,
    List<String> runs,
    long files,
    long bytes,
    List<Finding> wrong,
    long more,
    List<String> notes) {

  public boolean whole() {
    return wrong.isEmpty();
  }
}
