package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.handlers.git.Git;
import conductor.journal.Redactor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Searches for secrets in what commits add: messages, file names and file contents, even if a later
 * commit deletes them. Git's output is read line by line, and long lines in parts, so that its size
 * does not matter.
 */
final class SecretSearch {

  private static final int MOST_OF_A_LINE = 1 << 20;

  private final Redactor secrets;
  private final Set<String> names = new TreeSet<>();
  private final Set<String> where = new LinkedHashSet<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private enum Part {
    MESSAGE,
    HEADER,
    ADDED
  }

  private Part part = Part.HEADER;
  private String commit = "";
  private String file = "";
  private String tail = "";
  private boolean whole = true;
  private boolean added;

  private SecretSearch(Redactor secrets) {
    this.secrets = secrets;
  }

  /**
   * Checks that commits add no secrets.
   *
   * @param revisions such as {@code refs/heads/work --not --remotes=origin}
   * @throws GitFailure.SecretInCommits when they add one
   */
  static void refuse(Git git, Redactor secrets, List<String> revisions)
      throws InterruptedException {
    if (secrets.longest() == 0) {
      return;
    }
    var search = new SecretSearch(secrets);
    String[] words =
        Git.line(
            "log --format=%x00%H%n%B%x00 --patch --diff-merges=first-parent --unified=0 --text"
                + " --no-ext-diff --no-textconv --no-renames --no-color --submodule=short"
                + " --src-prefix=a/ --dst-prefix=b/",
            revisions);
    // commits that a setting or a replacement ref hides are pushed as well
    git.set("log.showRoot", "true").with("GIT_NO_REPLACE_OBJECTS", "1").stream(search::read, words);
    search.end();
  }

  private void read(byte[] bytes, int length) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, from, i - from);
        take(true);
        from = i + 1;
      }
    }
    line.write(bytes, from, length - from);
    if (line.size() > MOST_OF_A_LINE) {
      take(false);
    }
  }

  private void end() {
    if (line.size() > 0) {
      take(true);
    }
    if (!names.isEmpty()) {
      throw new GitFailure.SecretInCommits(List.copyOf(names), List.copyOf(where));
    }
  }

  /** Handles a line, or the part of a long line that was read so far. */
  private void take(boolean ends) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (whole) {
      begins(text);
    } else if (added || part == Part.MESSAGE) {
      search(text);
    }
    whole = ends;
    if (ends && (added || part == Part.MESSAGE)) {
      tail += "\n";
    }
  }

  private void begins(String text) {
    added = false;
    if (text.startsWith("\0") && text.length() > 1) {
      part = Part.MESSAGE;
      commit = text.substring(1);
      tail = "";
    } else if (text.equals("\0") || (part == Part.MESSAGE && text.endsWith("\0"))) {
      search(text);
      part = Part.HEADER;
    } else if (part == Part.MESSAGE) {
      search(text);
    } else if (text.startsWith("diff --git ")) {
      part = Part.HEADER;
      tail = "";
    } else if (part == Part.HEADER && text.startsWith("+++ ")) {
      file = text.substring(4).replaceFirst("^\"?b/", "").replaceFirst("(?<![\t\"])[\t\"]++$", "");
      search(file);
      tail = "";
    } else if (text.startsWith("@@")) {
      part = Part.ADDED;
      tail = "";
    } else if (part == Part.ADDED && text.startsWith("+")) {
      added = true;
      search(text.substring(1));
    }
  }

  private void search(String text) {
    String all = tail + text;
    List<String> found = secrets.found(all);
    if (!found.isEmpty()) {
      names.addAll(found);
      String at = commit.substring(0, Math.min(10, commit.length()));
      where.add(part == Part.MESSAGE ? "the message of " + at : file + " in " + at);
    }
    tail = all.substring(Math.max(0, all.length() - secrets.longest()));
  }
}
