package conductor.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happens at a point, written as {@code git-cut}. */
interface CrashMode {

  /** As the enum's constant is called. */
  String name();

  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The mode that a word means, of those of an enum. */
  static <M extends CrashMode> M of(M[] modes, String word) {
    return Arrays.stream(modes)
        .filter(mode -> mode.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no mode '%s'; there are %s"
                    .formatted(
                        word,
                        Arrays.stream(modes)
                            .map(CrashMode::word)
                            .collect(Collectors.joining(", ")))));
  }
}
