package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Control;
import conductor.effect.FileEffect;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What records say of themselves. */
class EntryTest {

  private static final Instant AT = Instant.EPOCH;
  private static final Position POSITION = new Position("4");

  @Test
  void aRecordSaysOfWhichKindItsEffectOrControlIs() {
    var asked =
        new Entry.Asked(
            AT,
            POSITION,
            "ReadFile",
            JsonNodeFactory.instance.objectNode(),
            null,
            "",
            0,
            List.of());
    var gather = new Entry.Branched(AT, POSITION, "Gather", List.of(), List.of());

    assertThat(asked.isOf(FileEffect.ReadFile.class)).isTrue();
    assertThat(asked.isOf(FileEffect.WriteFile.class)).isFalse();
    assertThat(gather.isOf(Control.Gather.class)).isTrue();
    assertThat(gather.isOf(Control.Race.class)).isFalse();
  }

  @Test
  void aFailureIsAskedAboutUnderAnotherNameInEachEpoch() {
    var failure = JsonNodeFactory.instance.objectNode();

    String gate = new Entry.Parked(AT, POSITION, 2, failure).gate();

    assertThat(gate).isEqualTo("4/failure-2");
    assertThat(Entry.Parked.isGate(gate)).isTrue();
    assertThat(Entry.Parked.isGate("failure-2")).isFalse();
  }
}
