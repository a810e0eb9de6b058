package conductor.script;

import conductor.effect.Issue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Begins sessions. */
public final class Sessions {

  private Sessions() {}

  /**
   * A session in Groovy.
   *
   * @param library where the files of classes that are imported are, by their relative paths; may
   *     be asked more than once
   * @param effects the files that define effects
   * @param params variables from the beginning
   * @param issue what {@code issue} is; null when none was given
   */
  public static Session groovy(
      Function<String, Optional<Path>> library,
      List<Path> effects,
      Map<String, @Nullable Object> params,
      @Nullable Issue issue) {
    return new GroovySession(library, effects, params, issue);
  }

  /**
   * A session in Java.
   *
   * @param library where the files of classes that effects import are, by their relative paths; may
   *     be asked more than once
   * @param effects the files that define effects
   * @param params variables from the beginning
   * @param issue what {@code issue} is; null when none was given
   */
  public static Session java(
      Function<String, Optional<Path>> library,
      List<Path> effects,
      Map<String, @Nullable Object> params,
      @Nullable Issue issue) {
    return new JavaSession(library, effects, params, issue);
  }
}
