package conductor.handlers.git;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.patch.HunkHeader;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads a patch as git writes it, with the prefixes {@code a/} and {@code b/}. Texts that are not
 * UTF-8 are read byte by byte, so that they can be shown. Of a file it keeps 20,000 lines.
 */
final class PatchReader {

  private static final int MOST_LINES = 20_000;

  private int added;
  private int removed;
  private int read;

  private PatchReader() {}

  static Diff read(PatchBytes bytes) {
    byte[] lines = bytes.lines();
    var patch = new org.eclipse.jgit.patch.Patch();
    patch.parse(lines, 0, lines.length);
    return new Diff(
        patch.getFiles().stream().map(file -> new PatchReader().file(file)).toList(),
        bytes.isCut());
  }

  private DiffFile file(FileHeader file) {
    List<DiffHunk> hunks = file.getHunks().stream().map(this::hunk).toList();
    String oldMode = mode(file.getOldMode());
    String newMode = mode(file.getNewMode());
    boolean binary = file.getPatchType() != FileHeader.PatchType.UNIFIED;
    DiffFile.Status status = status(file, binary || !hunks.isEmpty());
    return new DiffFile(
        status == DiffFile.Status.ADDED ? "" : file.getOldPath(),
        status == DiffFile.Status.DELETED ? "" : file.getNewPath(),
        status,
        oldMode,
        newMode,
        binary,
        added,
        removed,
        hunks.stream().filter(hunk -> !hunk.lines().isEmpty()).toList(),
        Math.max(0, read - MOST_LINES));
  }

  private static DiffFile.Status status(FileHeader file, boolean hasOtherContent) {
    return switch (file.getChangeType()) {
      case ADD -> DiffFile.Status.ADDED;
      case DELETE -> DiffFile.Status.DELETED;
      case RENAME -> DiffFile.Status.RENAMED;
      case COPY -> DiffFile.Status.COPIED;
      case MODIFY -> hasOtherContent ? DiffFile.Status.MODIFIED : DiffFile.Status.MODE;
    };
  }

  /** Returns a mode as git writes it; none where the patch does not name it, as on a pure move. */
  private static String mode(@Nullable FileMode mode) {
    return mode == null || mode.getBits() == FileMode.TYPE_MISSING ? "" : mode.toString();
  }

  private DiffHunk hunk(HunkHeader hunk) {
    byte[] buffer = hunk.getBuffer();
    int at = RawParseUtils.nextLF(buffer, hunk.getStartOffset());
    String heading = line(buffer, hunk.getStartOffset(), at);
    var lines = new ArrayList<DiffLine>();
    int from = hunk.getOldImage().getStartLine();
    int to = hunk.getNewStartLine();
    while (at < hunk.getEndOffset()) {
      int end = RawParseUtils.nextLF(buffer, at);
      DiffLine.Kind kind = kind(buffer[at]);
      boolean isBefore = kind == DiffLine.Kind.CONTEXT || kind == DiffLine.Kind.REMOVED;
      boolean isAfter = kind == DiffLine.Kind.CONTEXT || kind == DiffLine.Kind.ADDED;
      if (read++ < MOST_LINES) {
        String text = line(buffer, Math.min(at + 1, end), end);
        lines.add(new DiffLine(kind, isBefore ? from : 0, isAfter ? to : 0, text));
      }
      added += kind == DiffLine.Kind.ADDED ? 1 : 0;
      removed += kind == DiffLine.Kind.REMOVED ? 1 : 0;
      from += isBefore ? 1 : 0;
      to += isAfter ? 1 : 0;
      at = end;
    }
    return new DiffHunk(heading, lines);
  }

  private static DiffLine.Kind kind(byte mark) {
    return switch (mark) {
      case '+' -> DiffLine.Kind.ADDED;
      case '-' -> DiffLine.Kind.REMOVED;
      case '\\' -> DiffLine.Kind.NOTE;
      default -> DiffLine.Kind.CONTEXT;
    };
  }

  /** Returns the text of a line without its line feed. */
  private static String line(byte[] buffer, int begin, int end) {
    boolean isEnded = end > begin && buffer[end - 1] == '\n';
    return RawParseUtils.decode(buffer, begin, isEnded ? end - 1 : end);
  }
}
