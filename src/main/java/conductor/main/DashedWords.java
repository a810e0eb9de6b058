package conductor.main;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Takes words of people that look like options, and tells how they are given: the value of an
 * option behind {@code =}, others behind {@code --}.
 */
final class DashedWords {

  private static final String END = "--";

  private DashedWords() {}

  /**
   * Refuses an option in place of another one's value, which more likely was forgotten.
   *
   * @throws ParameterException when there is one
   */
  static void check(ParseResult result) {
    CommandLine line = result.asCommandLineList().getLast();
    CommandSpec spec = line.getCommandSpec();
    List<String> args = result.originalArgs();
    for (int n = 0; n + 1 < args.size() && !args.get(n).equals(END); n++) {
      OptionSpec option = spec.findOption(args.get(n));
      if (option != null && option.arity().max() > 0) {
        n++;
        if (isOption(spec, args.get(n))) {
          throw new MissingParameterException(
              line,
              option,
              "Expected parameter for option '%s' but found '%s'"
                  .formatted(args.get(n - 1), args.get(n)));
        }
      }
    }
  }

  private static boolean isOption(CommandSpec spec, String word) {
    return isDashed(word) && spec.findOption(word.split("=", 2)[0]) != null;
  }

  /** Returns the message of an error, with the hint where dashed words may have been meant. */
  static String message(ParameterException error, String[] args) {
    return String.valueOf(error.getMessage())
        + hint(error, args).map(hint -> "; " + hint).orElse("");
  }

  /** Returns how dashed words are given; empty when none were meant. */
  static Optional<String> hint(ParameterException error, String[] args) {
    return switch (error) {
      case UnmatchedArgumentException unmatched -> words(unmatched, unmatched.getUnmatched());
      case MissingParameterException missing
          when missing.getMissing().getFirst() instanceof OptionSpec option ->
          told(option, List.of(args));
      case MissingParameterException missing -> words(missing, List.of(args));
      default -> Optional.empty();
    };
  }

  /** Returns how words are given to a command that takes any number of them. */
  private static Optional<String> words(ParameterException error, List<String> among) {
    CommandSpec spec = error.getCommandLine().getCommandSpec();
    return spec.positionalParameters().stream().anyMatch(words -> words.arity().isVariable())
        ? among.stream()
            .filter(word -> isDashed(word) && !isOption(spec, word))
            .findFirst()
            .map(word -> "words that begin with a dash come last, after '--': -- " + word)
        : Optional.empty();
  }

  /** Returns how the dashed word after an option is given as its value. */
  private static Optional<String> told(OptionSpec option, List<String> args) {
    return Arrays.stream(option.names())
        .map(args::indexOf)
        .filter(at -> at >= 0 && at + 1 < args.size())
        .map(at -> args.get(at + 1))
        .filter(DashedWords::isDashed)
        .findFirst()
        .map(text ->
            "a text that begins with a dash is given as %s=%s"
                .formatted(option.longestName(), text));
  }

  private static boolean isDashed(String word) {
    return word.startsWith("-") && word.length() > 1;
  }
}
