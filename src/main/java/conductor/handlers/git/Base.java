package conductor.handlers.git;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a worktree starts.
 *
 * @param remote the remote whose branch it is; null for what is of this repository alone
 * @param branch the branch's name without the remote's; null for a tag, a commit or a detached head
 * @param commit its full id
 * @param shown what it is called when it is told
 * @param notes what is worth telling about it, such as how far it is behind
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

  /** Returns a branch of a remote. */
  public static Base ofRemote(String remote, String branch, String commit, List<String> notes) {
    return new Base(remote, branch, commit, remote + "/" + branch, notes);
  }

  /** Returns what the journal keeps of it. */
  public Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("branch", branch == null ? "" : branch);
    fields.put("remote", remote == null ? "" : remote);
    fields.put("commit", commit);
    return fields;
  }

  /** Returns the commit's id as it is shown. */
  public String brief() {
    return commit.substring(0, 10);
  }
}
