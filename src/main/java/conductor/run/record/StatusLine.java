package conductor.run.record;

import conductor.journal.Entry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a run last said of itself with {@code Status}.
 *
 * @param text its words; empty when there was none
 * @param progress how much is done; null when it did not say
 */
public record StatusLine(String text, @Nullable Progress progress) {

  static final StatusLine NONE = new StatusLine("", null);

  /**
   * How much of something is done.
   *
   * @param total of how many; null when it did not say
   */
  public record Progress(int done, @Nullable Integer total) {

    /** Returns it as {@code [2/3] 66%}; of nothing, all is done. */
    String text() {
      return total == null
          ? "[%d]".formatted(done)
          : "[%d/%d] %d%%".formatted(done, total, total == 0 ? 100 : done * 100L / total);
    }
  }

  static StatusLine of(Entry.Asked status) {
    JsonNode arguments = status.arguments();
    String text = arguments.path("text").asString("");
    String detail = arguments.path("detail").asString("");
    JsonNode done = arguments.path("done");
    JsonNode total = arguments.path("total");
    return new StatusLine(
        detail.isEmpty() ? text : text + ": " + detail,
        done.isInt()
            ? new Progress(done.intValue(), total.isInt() ? total.intValue() : null)
            : null);
  }

  /** Returns it in one line, progress first; empty when there was none. */
  public String line() {
    return progress == null ? text : progress.text() + "  " + text;
  }
}
