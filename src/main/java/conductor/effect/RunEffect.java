package conductor.effect;

import org.jspecify.annotations.Nullable;

/** The effects on the run itself: its state and its status line. */
public sealed interface RunEffect<R extends @Nullable Object> extends Effect<R> {

  /** Reads a value of the run's state. */
  @About(
      value = "Replies with what Put stored under a key, or null.",
      example = "def round = yield Get('round')")
  record Get(@About("the key") String key) implements RunEffect<@Nullable Object> {}

  /** Stores a value in the run's state. */
  @About(value = "Stores a value in the state of the run.", example = "yield Put('round', 2)")
  record Put(
      @About("the key") String key,
      @About("any value that can be journaled") @InJava(positional = true) @Nullable Object value)
      implements RunEffect<@Nullable Void> {
    public Put withValue(Object value) {
      return new Put(key, value);
    }
  }

  /** Sets the run's status line. */
  @About(
      value = "Sets the line that ps, show and watch put first, with how much is done.",
      example = "yield Status('reviewing', detail: 'round 2', done: 2, total: 3)")
  record Status(
      @About("a few words") String text,
      @About("more of it") @Nullable String detail,
      @About("how many are done; 0 or more") @Nullable Integer done,
      @About("of how many; not less than done") @Nullable Integer total)
      implements RunEffect<@Nullable Void> {
    public Status {
      if (done != null && done < 0) {
        throw new IllegalArgumentException("done must be 0 or more, found " + done);
      }
      if (total != null && done == null) {
        throw new IllegalArgumentException(
            "total is of how many: give done too, found total " + total + " alone");
      }
      if (total != null && done != null && done > total) {
        throw new IllegalArgumentException(
            "done must not be more than total, found %d of %d".formatted(done, total));
      }
    }

    public Status withDetail(String detail) {
      return new Status(text, detail, done, total);
    }

    public Status withDone(Integer done) {
      return new Status(text, detail, done, total);
    }

    public Status withTotal(Integer total) {
      return new Status(text, detail, done, total);
    }
  }
}
