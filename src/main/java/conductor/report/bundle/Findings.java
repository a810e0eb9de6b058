package conductor.report.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what is wrong, of which it keeps the first: a bundle may hold a million files. */
final class Findings {

  private static final int MOST = 1000;

  private final List<Finding> first = new ArrayList<>();
  private Set<String> known = Set.of();
  private long more;

  /** Takes what was wrong when the bundle was written: it is not told as if it were new. */
  void known(List<Finding> wrong) {
    known = wrong.stream().map(Findings::text).collect(Collectors.toSet());
  }

  private static String text(Finding finding) {
    return finding.file() + "\n" + finding.wrong();
  }

  void add(String file, String wrong) {
    add(new Finding(file, wrong, false));
  }

  void add(Finding finding) {
    if (first.size() == MOST) {
      more++;
    } else {
      boolean whenBundled = known.contains(text(finding));
      first.add(new Finding(finding.file(), finding.wrong(), whenBundled));
    }
  }

  List<Finding> first() {
    return List.copyOf(first);
  }

  /** Returns how many more there are. */
  long more() {
    return more;
  }
}
