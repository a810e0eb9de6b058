package conductor.engine;

import conductor.effect.Effect;
import conductor.effect.OnFailure;
import conductor.effect.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A branch's request for an effect, encoded and hashed on the branch's own thread.
 *
 * @param onFailure what the script wants done about a failure; null when it does not say
 */
record Request(
    Effect<?> effect, Site site, JsonNode arguments, String hash, @Nullable OnFailure onFailure) {

  /** Returns the chain of calls in the scripts, innermost first. */
  List<String> calls() {
    return site.frames().stream().map(Object::toString).toList();
  }
}
