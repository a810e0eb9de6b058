package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places in a run, and the branches that they lie in. */
class PositionTest {

  @Test
  void aBranchCountsItsEffectsAndThoseAfterItsCancellation() {
    var impl = new Position("4").branch("impl");

    assertThat(BranchPath.ROOT.position(4)).isEqualTo(new Position("4"));
    assertThat(BranchPath.ROOT.cleanup(4)).isEqualTo(new Position("c.4"));
    assertThat(impl.position(2)).isEqualTo(new Position("4.impl.2"));
    assertThat(impl.cleanup(2)).isEqualTo(new Position("4.impl.c.2"));
    assertThat(impl).hasToString("4.impl");
    assertThat(BranchPath.ROOT).hasToString("root");
    assertThat(impl.position(2).step("push")).hasToString("4.impl.2/push");
  }

  @Test
  void keysHoldNothingThatPositionsAreReadBy() {
    Position position = new Position("4").branch("a.b/c%2E\nd").position(1);

    assertThat(position).hasToString("4.a%2Eb%2Fc%252E%0Ad.1");
    assertThat(position.isStep()).isFalse();
    assertThat(position.branch()).isEqualTo(new Position("4").branch("a.b/c%2E\nd"));
  }

  /** The key of a branch, or of one that encloses it, may be a c. */
  @ParameterizedTest
  @CsvSource({
    "4, '', 4, false",
    "c.4, '', 4, true",
    "c, '', , false",
    "4.impl.2, 4.impl, 2, false",
    "4.impl.c.12, 4.impl, 12, true",
    "4.c.1, 4.c, 1, false",
    "4.c.c.1, 4.c, 1, true",
    "c.2.impl.1, c.2.impl, 1, false",
    "c.2.c.1, c.2.c, 1, false",
    "c.2.c.c.1, c.2.c, 1, true",
    "4.impl.c.2.c.3, 4.impl.c.2.c, 3, false",
    "4.impl.c.2.c.c.3, 4.impl.c.2.c, 3, true",
  })
  void aPositionIsReadBackAsItsBranchGaveIt(
      String text, String branch, Integer number, boolean cleanup) {
    for (var position : List.of(new Position(text), new Position(text).step("push"))) {
      assertThat(position.branch()).isEqualTo(new BranchPath(branch));
      assertThat(position.isCleanup()).isEqualTo(cleanup);
      if (number != null) {
        assertThat(position.number()).isEqualTo(number);
      }
    }
  }

  @Test
  void aStepBelongsToItsEffect() {
    var effect = new Position("4.impl.2");

    assertThat(effect.isStep()).isFalse();
    assertThat(effect.effect()).isEqualTo(effect);
    assertThat(effect.step("a/b").isStep()).isTrue();
    assertThat(effect.step("a/b").effect()).isEqualTo(effect);
  }

  @Test
  void aBranchWasOpenedAtAPositionUnlessItIsTheRoot() {
    assertThat(new Position("4.impl.2").opener()).contains(new Position("4"));
    assertThat(Position.opener(new BranchPath("4.impl.c.2.x")))
        .contains(new Position("4.impl.c.2"));
    assertThat(new Position("c.4").opener()).isEmpty();
    assertThat(Position.opener(BranchPath.ROOT)).isEqualTo(Optional.empty());
  }

  @Test
  void aBranchEnclosesItselfAndWhatWasOpenedFromIt() {
    var impl = new BranchPath("4.impl");

    assertThat(BranchPath.ROOT.encloses(impl)).isTrue();
    assertThat(impl.encloses(BranchPath.ROOT)).isFalse();
    assertThat(impl.encloses(impl)).isTrue();
    assertThat(impl.encloses(new BranchPath("4.impl.2.x"))).isTrue();
    assertThat(impl.encloses(new BranchPath("4.implement"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void positionsAreOrderedAsTheyComeInTheProgram(long seed) {
    List<Position> inOrder =
        List.of(
                "2",
                "2/a",
                "2/b",
                "10",
                "10.9.1",
                "10.10.1",
                "10.11111111111111111.1",
                "10.a.2",
                "10.a.10",
                "10.a.c.1",
                "10.b.1",
                "11",
                "c.1")
            .stream()
            .map(Position::new)
            .toList();
    var shuffled = new ArrayList<>(inOrder);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(inOrder);
    assertThat(new Position("2")).isEqualByComparingTo(new Position("2"));
  }

  /** Keys of digits that no counter has are text: they are no numbers of 64 bits. */
  @Test
  void longAndEmptyKeysAreText() {
    String long18 = "9".repeat(18);

    assertThat(new Position("1." + "9".repeat(40) + ".1"))
        .isLessThan(new Position("1.a.1"))
        .isGreaterThan(new Position("1." + "8".repeat(50) + ".1"));
    assertThat(new Position("1." + long18 + ".1")).isGreaterThan(new Position("1.10.1"));
    assertThat(new Position("1." + long18 + ".1"))
        .isGreaterThan(new Position("1.1" + "0".repeat(18) + ".1"));
    assertThat(new Position("1.1" + "0".repeat(17) + ".1")).isLessThan(new Position("1.9.1"));
    assertThat(new Position("1.1" + "0".repeat(16) + ".1")).isGreaterThan(new Position("1.9.1"));
    assertThat(new Position("1..1")).isLessThan(new Position("1.0.1"));
  }
}
