package conductor.effect;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The effects that ask people. */
public sealed interface PeopleEffect<R extends @Nullable Object> extends Effect<R> {

  /** Asks a person. */
  @About(
      value =
          "Asks a person and waits for 'conductor answer', the terminal, or the timeout's default.",
      example =
          "def go = yield Ask('Merge it?', options: ['yes', 'no'], default: 'no', timeout: '1h')")
  record Ask(
      @About("the question") String prompt,
      @About("the answers to choose from; default: any text") @Nullable List<String> options,
      @About("the answer when the timeout passes") @Spelt("default") @Nullable String defaultAnswer,
      @About("how long to wait; default: without limit") @Nullable Duration timeout)
      implements PeopleEffect<String> {
    public Ask withOptions(List<String> options) {
      return new Ask(prompt, options, defaultAnswer, timeout);
    }

    public Ask withDefaultAnswer(String defaultAnswer) {
      return new Ask(prompt, options, defaultAnswer, timeout);
    }

    public Ask withTimeout(Duration timeout) {
      return new Ask(prompt, options, defaultAnswer, timeout);
    }

    public Ask withTimeout(String timeout) {
      return withTimeout(Coercion.duration(timeout));
    }
  }
}
