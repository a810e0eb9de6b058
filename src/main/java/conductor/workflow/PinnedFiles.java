package conductor.workflow;

import conductor.error.Reason;
import conductor.state.AtomicFile;
import conductor.state.Digest;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The SHA-256 digests of the files that a run keeps of its start. Without them, a script that was
 * truncated would end a run early and unnoticed.
 *
 * @param v the format
 * @param files digests by path
 */
public record PinnedFiles(int v, Map<String, String> files) {

  public static final int FORMAT = 1;

  /** The name of the file in its directory. */
  public static final String NAME = "files.json";

  static PinnedFiles of(Path source) {
    var files = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(source)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(source.relativize(file).toString(), Digest.sha256(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + source + ": " + Reason.of(e), e);
    }
    files.remove(NAME);
    return new PinnedFiles(FORMAT, files);
  }

  void write(Path source) {
    AtomicFile.write(source.resolve(NAME), StateJson.pretty(this));
  }

  /**
   * Checks the files in a directory against their digests.
   *
   * @param which selects the files to check
   * @throws UnreadableState that names the first file that is not what was written
   */
  static void require(Path source, Predicate<String> which) {
    problems(source, which).stream()
        .findFirst()
        .ifPresent(problem -> {
          throw new UnreadableState(
              problem
                  + "; nothing was performed. Restore it; in place of a script 'conductor resume RUN --edited FILE' takes another");
        });
  }

  /**
   * Returns what is wrong with files in a directory, a line each; empty for a run of a version that
   * wrote no digests.
   *
   * @param which selects the files to check
   * @throws UnreadableState when the digests themselves cannot be read
   */
  public static List<String> problems(Path source, Predicate<String> which) {
    var problems = new ArrayList<String>();
    StateJson.find(source.resolve(NAME), PinnedFiles.class, FORMAT)
        .map(PinnedFiles::files)
        .orElse(Map.of())
        .forEach((name, digest) -> {
          if (which.test(name)) {
            problem(source.resolve(name), digest).ifPresent(problems::add);
          }
        });
    return problems;
  }

  private static Optional<String> problem(Path file, String digest) {
    try {
      return Digest.sha256(Files.readAllBytes(file)).equals(digest)
          ? Optional.empty()
          : Optional.of(file + ": it is not what the run began with");
    } catch (IOException e) {
      return Optional.of(file + ": it is gone or cannot be read, and the run began with it");
    }
  }
}
