package conductor.handlers.worktree;

import conductor.error.Reason;
import conductor.handlers.git.Conflict;
import conductor.handlers.git.Fingerprint;
import conductor.handlers.git.Git;
import conductor.handlers.git.InitialChanges;
import conductor.state.AtomicFile;
import conductor.state.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Decides whether conflicts were resolved. A path counts as resolved when it was staged or removed
 * in the index, or its content has changed since the conflict; and when it contains no more
 * conflict markers than either side did. The fingerprints of the conflicted content are written
 * beside the index before anybody is asked, so that a resumed run knows them too.
 */
final class Resolution {

  private final Git git;
  private final Path record;

  /**
   * @param git in the merged worktree
   * @param gitDirectory the worktree's own git directory
   */
  Resolution(Git git, Path gitDirectory) {
    this.git = git;
    this.record = gitDirectory.resolve("conductor-conflicts");
  }

  /** Records the fingerprint and the sides of each path in conflict. */
  void begin(List<Conflict> conflicts) {
    var text = new StringBuilder();
    for (Conflict conflict : conflicts) {
      text.append(conflict.path()).append('\0').append(digest(conflict.path())).append('\0');
      text.append(conflict.stages().getOrDefault(2, "-")).append('\0');
      text.append(conflict.stages().getOrDefault(3, "-")).append('\0');
    }
    AtomicFile.write(record, text.toString());
  }

  boolean hasBegun() {
    return Files.exists(record);
  }

  void end() {
    InitialChanges.forget(record);
  }

  private record Was(String digest, String ours, String theirs) {}

  private Map<String, Was> before() {
    var before = new LinkedHashMap<String, Was>();
    List<String> items = Git.split(TextFile.read(record));
    for (int i = 0; i + 3 < items.size(); i += 4) {
      before.put(items.get(i), new Was(items.get(i + 1), items.get(i + 2), items.get(i + 3)));
    }
    return before;
  }

  /** Returns the paths that were in conflict. */
  List<String> paths() {
    return List.copyOf(before().keySet());
  }

  /** Returns the paths that nobody resolved. */
  List<String> unresolved() throws InterruptedException {
    List<String> unmerged = Conflict.of(git).stream().map(Conflict::path).toList();
    var left = new ArrayList<String>();
    for (var entry : before().entrySet()) {
      String path = entry.getKey();
      Was was = entry.getValue();
      boolean touched = !unmerged.contains(path) || !was.digest().equals(digest(path));
      if (!touched || hasMarkers(path, was)) {
        left.add(path);
      }
    }
    return left;
  }

  private boolean hasMarkers(String path, Was was) throws InterruptedException {
    Path file = git.directory().resolve(path);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    int size = markerSize(path);
    int here = markers(read(file), size);
    return here > 0 && here > Math.max(markersOf(was.ours(), size), markersOf(was.theirs(), size));
  }

  private int markersOf(String blob, int size) throws InterruptedException {
    return blob.equals("-")
        ? 0
        : git.reader().blob(blob).map(text -> markers(text, size)).orElse(0);
  }

  private int markerSize(String path) throws InterruptedException {
    List<String> items = git.items("check-attr", "-z", "conflict-marker-size", "--", path);
    String value = items.size() < 3 ? "" : items.get(2);
    return value.matches("[1-9]\\d{0,3}") ? Integer.parseInt(value) : 7;
  }

  /**
   * Returns how many lines are conflict markers: {@code size} times one sign, then a blank or the
   * end of the line.
   */
  private static int markers(String text, int size) {
    var marker = Pattern.compile("(?s)(<{N}|={N}|>{N}|\\|{N})( .*)?".replace("N", "" + size));
    return (int) text.lines().filter(marker.asMatchPredicate()).count();
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  private String digest(String path) {
    return Fingerprint.of(git.directory().resolve(path));
  }
}
