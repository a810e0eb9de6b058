package conductor.handlers.git;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the commits that were made on a branch, or pushed to it, from this repository. */
public final class OwnCommits {

  private OwnCommits() {}

  /** Returns the branch's reflog, its tip, and what runs pushed; none without a repository. */
  public static Set<String> of(Git git, String branch) throws InterruptedException {
    var commits = new HashSet<String>();
    for (List<String> words :
        List.of(
            List.of("reflog", "show", "--format=%H", "refs/heads/" + branch, "--"),
            List.of("rev-parse", "--verify", "--quiet", "refs/heads/" + branch),
            List.of("for-each-ref", "--format=%(objectname)", OwnRefs.PUSHED + "*/*/" + branch))) {
      String listed = git.run(words.toArray(String[]::new)).out();
      listed.lines().filter(line -> line.matches("[0-9a-f]{40,64}")).forEach(commits::add);
    }
    return commits;
  }
}
