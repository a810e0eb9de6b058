package conductor.run.record;

import conductor.effect.WorktreeEnv;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.state.RunDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The worktrees that a run's effects were given or made, those too that are gone. */
public final class NamedWorktrees {

  private NamedWorktrees() {}

  /** Returns the worktrees by their ids, in the order in which the journal names them. */
  public static Map<String, WorktreeEnv> of(RunDirectory run, List<Entry> entries) {
    var search = new HandleSearch<>(run, WorktreeEnv.class);
    var found = new LinkedHashMap<String, WorktreeEnv>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Asked asked) {
        search.look(asked.arguments(), env -> found.putIfAbsent(env.id(), env));
      } else if (entry instanceof Entry.Replied reply
          && reply.outcome() instanceof Outcome.Value(var value)) {
        search.look(value, env -> found.putIfAbsent(env.id(), env));
      }
    }
    return found;
  }
}
