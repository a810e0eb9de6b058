package conductor.run.record;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import conductor.journal.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the files that effects of a run changed, for its recording. Files that are no text
 * or larger than a mebibyte are left out. Secrets are replaced.
 */
final class RecordedFiles {

  private static final int LARGEST = 1 << 20;

  private final Git git;
  private final Redactor secrets;
  private final Map<String, String> files = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();

  RecordedFiles(Git git, Redactor secrets) {
    this.git = git;
    this.secrets = secrets;
  }

  /** Returns the files that were changed as they were at first, by path. */
  Map<String, String> atFirst() {
    return files;
  }

  /** Notes that something is left out. */
  void miss(String what, String which) {
    missing.add(what.formatted(which));
  }

  /** Returns what is left out, a line each. */
  List<String> missing() {
    return missing;
  }

  /** Returns what steps made of files: texts by path, null for those that are gone. */
  Map<String, @Nullable String> changes(List<KeptTrees.Step> steps) throws InterruptedException {
    var changes = new LinkedHashMap<String, @Nullable String>();
    for (KeptTrees.Step step : steps) {
      Git repository = git.at(step.env().repo());
      try {
        for (String path : paths(repository, step)) {
          Optional<String> text = text(repository, step.to(), path);
          if (isKept(path, text)) {
            before(repository, step.env().baseCommit(), path);
            changes.put(path, text.orElse(null));
          }
        }
      } catch (GitFailure e) {
        missing.add("what %s changed: %s".formatted(step.position(), e.getMessage()));
      }
    }
    return changes;
  }

  /** Takes a file that the workflow read, as it was at first; nothing where there was none. */
  void read(WorktreeEnv env, String path) throws InterruptedException {
    try {
      before(git.at(env.repo()), env.baseCommit(), path);
    } catch (GitFailure e) {
      missing.add("the file %s: %s".formatted(path, e.getMessage()));
    }
  }

  private static List<String> paths(Git repository, KeptTrees.Step step)
      throws InterruptedException {
    return repository.items(
        "diff-tree", "-r", "-z", "--no-renames", "--name-only", step.from(), step.to());
  }

  /** Notes how a file was at the start, before anything changed it. */
  private void before(Git repository, String base, String path) throws InterruptedException {
    if (!files.containsKey(path)) {
      text(repository, base, path).ifPresent(text -> files.put(path, text));
    }
  }

  private boolean isKept(String path, Optional<String> text) {
    boolean kept = text.isEmpty() || (text.get().length() <= LARGEST && text.get().indexOf(0) < 0);
    if (!kept) {
      missing.add("the file %s, which is no text or a large one".formatted(path));
    }
    return kept;
  }

  /** Returns a file of a commit; empty where it has none of that name. */
  private Optional<String> text(Git repository, String commit, String path)
      throws InterruptedException {
    String blob = commit + ":" + path;
    return repository.is("cat-file", "-e", blob)
        ? Optional.of(secrets.redact(repository.text("cat-file", "blob", blob)))
        : Optional.empty();
  }

  /** Returns the message of what an agent committed by itself, of all its changes. */
  @Nullable String committed(List<KeptTrees.Step> steps) throws InterruptedException {
    for (KeptTrees.Step step : steps) {
      Git repository = git.at(step.env().repo());
      String head = step.to() + "^";
      boolean first = step.from().equals(step.env().baseCommit());
      String before = first ? step.from() : step.from() + "^";
      try {
        if (!repository.reader().existing(head).equals(repository.reader().existing(before))
            && repository.reader().tree(head).equals(repository.reader().tree(step.to()))) {
          return secrets.redact(repository.reader().text(head).message().strip());
        }
      } catch (GitFailure e) {
        missing.add("whether %s committed: %s".formatted(step.position(), e.getMessage()));
      }
    }
    return null;
  }
}
