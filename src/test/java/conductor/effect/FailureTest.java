package conductor.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Failures as people read them. */
class FailureTest {

  @Test
  void p23InATextAFailureIsNamedAsScriptsNameIt() {
    var failure = new ForgeFailure.ForgeTimeout("u", "a review", Duration.ofMinutes(2));

    assertThat("it ended: " + failure)
        .isEqualTo("it ended: ForgeTimeout: a review of u did not come within 2m");
  }
}
