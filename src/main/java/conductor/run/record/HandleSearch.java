package conductor.run.record;

import conductor.effect.Handle;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Redactor;
import conductor.state.RunDirectory;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Finds handles of a kind in values as a run's journal has them. */
final class HandleSearch<H extends Handle> {

  private final Codec codec;
  private final Class<H> type;

  HandleSearch(RunDirectory run, Class<H> type) {
    this.codec = new Codec(new Blobs(run.blobs()), Redactor.none());
    this.type = type;
  }

  /** Hands over all handles in a value, however deep they are. */
  void look(JsonNode value, Consumer<H> found) {
    if (value.path("$").asString("").equals(type.getSimpleName())) {
      Object handle = codec.decode(value);
      if (type.isInstance(handle)) {
        found.accept(type.cast(handle));
      }
    } else if (value.isContainer()) {
      value.valueStream().forEach(inside -> look(inside, found));
    }
  }
}
