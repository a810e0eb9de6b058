package conductor.web;

import conductor.handlers.git.DiffFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a page says of variants of one task. */
final class VariantsShown {

  private VariantsShown() {}

  /**
   * Variants beside each other.
   *
   * @param element the id of its element
   */
  record Group(String element, String position, String control, List<Variant> variants) {}

  /**
   * What one branch made.
   *
   * @param total what it changed, in words
   * @param cost of its agents; empty without any
   * @param changes the address of the worktree's changes
   */
  record Variant(
      String branch,
      String worktree,
      String total,
      String cost,
      String changes,
      List<Agent> agents) {}

  /** An agent that worked there, with its last line. */
  record Agent(String name, String href, String status, String said) {}

  /**
   * A file that at least one of them touched.
   *
   * @param badge who touched it, where not all did; whether all made the same of it
   * @param cells one for each variant
   */
  record File(String element, String path, String badge, List<Cell> cells) {

    /** Returns whether it is short enough to be shown at once. */
    boolean open() {
      return cells.stream().mapToInt(cell -> cell.file() == null ? 0 : cell.file().lines()).sum()
          <= 400;
    }
  }

  /**
   * What one variant made of a file.
   *
   * @param file null when it left the file alone, or made the same of it as another
   * @param same the variant that made the same; empty without one
   */
  record Cell(String branch, @Nullable DiffFile file, String same) {}
}
