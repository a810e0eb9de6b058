package conductor.handlers.git;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commit that a worktree starts at, with the branch and remote that it belongs to.
 *
 * @param remote the remote that has the branch; null when only this repository has it
 * @param branch the branch's name without the remote's name; null for a tag, a commit or a detached
 *     head
 * @param commit the commit's full id
 * @param shown the name that messages give it, such as {@code origin/main}
 * @param notes remarks for the user, such as how far a local branch is behind the remote's
 */
public record Base(
    @Nullable String remote,
    @Nullable String branch,
    String commit,
    String shown,
    List<String> notes) {

  public Base {
    notes = List.copyOf(notes);
  }

  /** Returns branch, remote and commit as the journal keeps them; an empty text stands for null. */
  public Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("branch", branch == null ? "" : branch);
    fields.put("remote", remote == null ? "" : remote);
    fields.put("commit", commit);
    return fields;
  }

  /** Returns the first ten digits of the commit's id, as messages show it. */
  public String brief() {
    return commit.substring(0, 10);
  }
}
