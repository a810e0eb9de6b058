package conductor.run.record;

import conductor.effect.WorktreeEnv;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Redactor;
import conductor.state.RunDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The worktrees that a run's effects were given or made, those too that are gone. */
public final class NamedWorktrees {

  private static final String TYPE = WorktreeEnv.class.getSimpleName();

  private final Codec codec;
  private final Map<String, WorktreeEnv> found = new LinkedHashMap<>();

  private NamedWorktrees(RunDirectory run) {
    this.codec = new Codec(new Blobs(run.blobs()), Redactor.none());
  }

  /** Returns the worktrees by their ids, in the order in which the journal names them. */
  public static Map<String, WorktreeEnv> of(RunDirectory run, List<Entry> entries) {
    var named = new NamedWorktrees(run);
    for (Entry entry : entries) {
      if (entry instanceof Entry.Asked asked) {
        named.look(asked.arguments());
      } else if (entry instanceof Entry.Replied reply
          && reply.outcome() instanceof Outcome.Value(var value)) {
        named.look(value);
      }
    }
    return named.found;
  }

  private void look(JsonNode node) {
    if (node.path("$").asString("").equals(TYPE)) {
      if (!found.containsKey(node.path("id").asString(""))
          && decoded(node) instanceof WorktreeEnv env) {
        found.put(env.id(), env);
      }
    } else if (node.isContainer()) {
      node.valueStream().forEach(this::look);
    }
  }

  private Object decoded(JsonNode node) {
    return Objects.requireNonNullElse(codec.decode(node), "");
  }
}
