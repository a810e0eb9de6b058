package conductor.engine;

import conductor.effect.Effect;
import conductor.effect.OnFailure;
import conductor.effect.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An effect as a branch asks for it: encoded and hashed on the branch's own thread.
 *
 * @param onFailure what the script says of its failure; null when it says nothing
 */
record Request(
    Effect<?> effect, Site site, JsonNode arguments, String hash, @Nullable OnFailure onFailure) {

  /** Returns the chain of calls in the scripts, innermost first. */
  List<String> calls() {
    return site.frames().stream().map(Object::toString).toList();
  }
}
