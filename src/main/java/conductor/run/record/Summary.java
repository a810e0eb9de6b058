package conductor.run.record;

import conductor.effect.Durations;
import conductor.effect.Evidence;
import conductor.effect.ExecResult;
import conductor.handlers.people.Shown;
import conductor.journal.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Summarises journaled values in a few words on one line. */
final class Summary {

  private static final int WIDTH = 60;

  /** The components that identify a value best, by their keys in the encoded form, best first. */
  private static final List<String> NAMES =
      List.of("is", "url", "branch", "title", "name", "text", "id");

  private Summary() {}

  /** Returns arguments in a few words, without names where the value is clear. */
  static String arguments(JsonNode arguments) {
    String words =
        arguments.properties().stream()
            .map(argument -> argument(argument, arguments.size()))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" "));
    return cut(words);
  }

  private static String argument(Map.Entry<String, JsonNode> argument, int count) {
    String text = value(argument.getValue());
    JsonNode value = argument.getValue();
    boolean plain = count == 1 || (value.has("$") && !value.has("is"));
    return text.isEmpty() || plain ? text : argument.getKey() + ": " + text;
  }

  static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Value(var value) -> cut(value(value));
      case Outcome.Failed(var failure) ->
          failure.path("type").asString("")
              + ": "
              + cut(Shown.of(failure.path("message").asString("")).lines().findFirst().orElse(""));
      case Outcome.Cancelled _ -> "";
    };
  }

  /** Returns a value in a few words. */
  static String value(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    if (value.isString()) {
      return firstLine(value.asString());
    }
    if (value.isArray()) {
      return value.size() == 0
          ? "[]"
          : value.valueStream().map(Summary::value).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.isObject() ? object(value) : value.toString();
  }

  private static String object(JsonNode value) {
    if (value.path("$").asString("").equals("blob")) {
      return "(" + value.path("size").asInt() / 1024 + " KiB)";
    }
    if (value.path("$").asString("").equals("duration")) {
      return Durations.brief(Duration.parse(value.path("is").asString("PT0S")));
    }
    if (value.path("words").isArray()) {
      return firstLine(words(value.path("words")));
    }
    if (value.path("$").asString("").equals(ExecResult.class.getSimpleName())) {
      String last =
          value.path("output").asString("").strip().lines().reduce((_, line) -> line).orElse("");
      return firstLine("exit code " + value.path("exit_code").asInt() + "  " + last);
    }
    if (value.path("$").asString("").equals(Evidence.class.getSimpleName())) {
      return firstLine(
          value
              .path("facts")
              .valueStream()
              .map(fact -> fact.asString(""))
              .collect(Collectors.joining(", ")));
    }
    if (value.path("checkout").asBoolean(false)) {
      return "checkout";
    }
    for (String name : value.has("$") ? NAMES : List.<String>of()) {
      if (value.path(name).isString()) {
        return firstLine(value.path(name).asString());
      }
    }
    return value.properties().stream()
        .filter(entry -> !entry.getKey().equals("$"))
        .map(entry -> entry.getKey() + ": " + value(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String words(JsonNode words) {
    boolean shell = words.size() == 3 && words.path(0).asString("").equals("sh");
    return shell
        ? words.path(2).asString("")
        : words.valueStream().map(word -> word.asString("")).collect(Collectors.joining(" "));
  }

  private static String firstLine(String text) {
    String shown = Shown.of(text).strip();
    String line = shown.lines().findFirst().orElse("");
    boolean more = shown.contains("\n");
    return more ? cut(line + " …") : cut(line);
  }

  private static String cut(String text) {
    return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
  }
}
