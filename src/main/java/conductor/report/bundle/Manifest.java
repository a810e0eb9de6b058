package conductor.report.bundle;

import conductor.journal.JournalFile;
import conductor.run.record.RunMeta;
import conductor.workflow.Pinned;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle holds: its first file.
 *
 * @param v the format of the bundle
 * @param conductor the version that wrote it; null for one that was not packaged
 * @param run the run's id
 * @param formats the formats of records that this version writes, by name
 * @param runs the run and those that it started, each in a directory of its id
 * @param files all other files, sorted by path
 * @param leftOut files of the runs that are not in it, or not whole
 * @param wrong what was wrong with the runs
 */
public record Manifest(
    int v,
    @Nullable String conductor,
    String run,
    Map<String, Integer> formats,
    List<String> runs,
    List<Kept> files,
    List<LeftOut> leftOut,
    List<Finding> wrong) {

  static final int FORMAT = 1;
  static final String NAME = "manifest.json";

  /** A manifest of some 75,000 files; a larger one is not read. */
  static final int LARGEST = 16 << 20;

  /** The directory of the runs, in the bundle. */
  static final String RUNS = "runs/";

  /** The directory of the pages, in the bundle. */
  static final String REPORTS = "reports/";

  /**
   * A file.
   *
   * @param path relative to the bundle's directory
   * @param size in bytes
   * @param redacted the names of the secrets that were replaced in it
   */
  public record Kept(String path, long size, String sha256, List<String> redacted) {}

  /** A file that is not there, and why. */
  public record LeftOut(String path, String why) {}

  /** Returns the formats that this version writes, by the names of what has them. */
  static Map<String, Integer> known() {
    return new TreeMap<>(
        Map.of(
            "bundle", FORMAT,
            "journal", JournalFile.FORMAT,
            "meta", RunMeta.FORMAT,
            "source", Pinned.FORMAT));
  }
}
