package conductor.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.journal.Entry;
import conductor.journal.Position;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What an act is found by (law 5). */
class KeyTest {

  private static final Key KEY = new Key("wf-1a2b3c", 2, "4.impl.2/push", "ab12");

  @Test
  void aKeyIsThatOfItsIntent() {
    var intent =
        new Entry.Asked(
            Instant.EPOCH,
            new Position("4.impl.2/push"),
            "Push",
            JsonNodeFactory.instance.objectNode(),
            null,
            "ab12",
            2,
            List.of());

    assertThat(Key.of("wf-1a2b3c", intent)).isEqualTo(KEY);
    assertThat(KEY).hasToString("wf-1a2b3c:2:4.impl.2/push:ab12");
    assertThat(KEY.fileName()).isEqualTo("2-4.impl.2_push-ab12");
  }

  @Test
  void theSameActInAnotherEpochIsARetry() {
    assertThat(KEY.isRetryOf("wf-1a2b3c:1:4.impl.2/push:ab12")).isTrue();
    assertThat(KEY.isRetryOf("wf-1a2b3c:12:4.impl.2/push:ab12")).isTrue();
    assertThat(KEY.isRetryOf(KEY.toString())).isFalse();
    assertThat(KEY.isRetryOf("wf-000000:1:4.impl.2/push:ab12")).isFalse();
    assertThat(KEY.isRetryOf("wf-1a2b3c:1:4.impl.2/push:ab13")).isFalse();
    assertThat(KEY.isRetryOf("wf-1a2b3c:1:4.impl.3/push:ab12")).isFalse();
    assertThat(KEY.isRetryOf("wf-1a2b3c:1")).isFalse();
  }
}
