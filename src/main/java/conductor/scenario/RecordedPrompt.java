package conductor.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an agent was asked, compared without what is another one in every run: ids of runs and
 * commits, names of branches that conductor made, directories, addresses and times.
 */
record RecordedPrompt(String text) {

  private static final int MOST_LINES = 20;

  private static final Pattern OF_THE_RUN =
      Pattern.compile(
          String.join(
              "|",
              "https?://\\S+",
              "(?<![\\w.~/-])(?:/[\\w.@+~-]+){2,}/?",
              "\\bconductor/[\\w./-]+",
              "\\bwf-[0-9a-f]{6,}\\b",
              "\\b\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z?",
              "\\b(?=[0-9a-f]*[0-9])[0-9a-f]{7,40}\\b"));

  boolean isLike(RecordedPrompt other) {
    return lines().equals(other.lines());
  }

  /** Returns the text's lines, in which one word stands for what differs from run to run. */
  private List<String> lines() {
    return OF_THE_RUN.matcher(text.strip()).replaceAll("…").lines().map(String::strip).toList();
  }

  /** Returns the lines that differ from an earlier text: those of it with -, these with +. */
  String changes(RecordedPrompt before) {
    List<String> old = before.lines();
    List<String> now = lines();
    int first = 0;
    int last = 0;
    int most = Math.min(old.size(), now.size());
    while (first < most && old.get(first).equals(now.get(first))) {
      first++;
    }
    while (last < most - first
        && old.get(old.size() - 1 - last).equals(now.get(now.size() - 1 - last))) {
      last++;
    }
    var changed = new ArrayList<String>();
    add(changed, "- ", old.subList(first, old.size() - last));
    add(changed, "+ ", now.subList(first, now.size() - last));
    return String.join("\n", changed);
  }

  private static void add(List<String> to, String mark, List<String> lines) {
    lines.stream().limit(MOST_LINES).map(line -> mark + line).forEach(to::add);
    if (lines.size() > MOST_LINES) {
      to.add(mark + "… and " + (lines.size() - MOST_LINES) + " more lines");
    }
  }
}
