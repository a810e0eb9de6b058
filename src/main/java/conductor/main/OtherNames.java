package conductor.main;

import java.util.Map;
import java.util.Optional;

/** What other programs call what is called otherwise here. */
final class OtherNames {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("list", "'conductor ps' lists runs"),
          Map.entry("ls", "'conductor ps' lists runs"),
          Map.entry("status", "'conductor ps' lists runs, 'conductor show RUN' looks at one"),
          Map.entry("log", "'conductor logs RUN' shows what agents said"),
          Map.entry("tail", "'conductor logs RUN --follow' shows what agents say"),
          Map.entry("start", "'conductor run' starts a workflow"),
          Map.entry("cancel", "'conductor stop RUN' ends a run"),
          Map.entry("kill", "'conductor stop RUN' ends a run"),
          Map.entry("retry", "'conductor resume RUN' tries again what failed"),
          Map.entry("continue", "'conductor resume RUN' goes on with a run"),
          Map.entry("approve", "'conductor answer RUN ANSWER' answers a question"),
          Map.entry("worktree", "'conductor env' lists and cleans worktrees"),
          Map.entry("setup", "'conductor init' sets a repository up"));

  private OtherNames() {}

  /** Returns which command somebody may mean who types a name; empty when nobody can tell. */
  static Optional<String> hint(String name) {
    return Optional.ofNullable(NAMES.get(name))
        .map(ours -> "there is no '%s'; %s".formatted(name, ours));
  }
}
