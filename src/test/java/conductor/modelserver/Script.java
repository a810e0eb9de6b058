package conductor.modelserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a prompt tells the model to do, a step for each model turn; then a text ends it. */
record Script(List<Step> steps) {

  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "\\[\\[(write|bash|tool|say|structured|sleep|gate|http|hang)(?::(.*?))?]](?!])",
          Pattern.DOTALL);

  Script {
    steps = List.copyOf(steps);
  }

  /** What comes before an act, and the act. */
  record Step(List<Directive.Before> before, Directive.Act act) {
    Step {
      before = List.copyOf(before);
    }
  }

  static boolean isIn(String prompt) {
    return DIRECTIVE.matcher(prompt).find();
  }

  static Script of(String prompt) {
    var steps = new ArrayList<Step>();
    var before = new ArrayList<Directive.Before>();
    for (Directive directive : directives(prompt)) {
      switch (directive) {
        case Directive.Before preparation -> before.add(preparation);
        case Directive.Act act -> {
          steps.add(new Step(before, act));
          before.clear();
        }
      }
    }
    if (!before.isEmpty()) {
      steps.add(new Step(before, end(steps.size())));
    }
    return new Script(steps);
  }

  /** The step to do when the model has had so many turns since the prompt. */
  Step step(int done) {
    return done < steps.size() ? steps.get(done) : new Step(List.of(), end(done));
  }

  private static Directive.Say end(int done) {
    return new Directive.Say("DONE after " + done + " steps");
  }

  private static List<Directive> directives(String prompt) {
    return DIRECTIVE.matcher(prompt).results().map(Script::directive).toList();
  }

  private static Directive directive(MatchResult match) {
    String text = match.group(2) == null ? "" : match.group(2);
    return switch (match.group(1)) {
      case "write" -> write(text);
      case "bash" -> new Directive.Bash(text);
      case "tool" -> tool(text);
      case "say" -> new Directive.Say(text);
      case "structured" -> new Directive.Structured(text);
      case "sleep" ->
          new Directive.Sleep(Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000)));
      case "gate" -> new Directive.Gate(text);
      case "http" -> http(text);
      case "hang" -> new Directive.Hang();
      default -> throw new IllegalArgumentException(match.group());
    };
  }

  private static Directive write(String text) {
    int bar = text.indexOf('|');
    if (bar < 0) {
      throw new IllegalArgumentException("[[write:" + text + "]]: no | between path and content");
    }
    return new Directive.Write(text.substring(0, bar), text.substring(bar + 1));
  }

  private static Directive tool(String text) {
    int bar = text.indexOf('|');
    if (bar < 0) {
      throw new IllegalArgumentException("[[tool:" + text + "]]: no | between name and arguments");
    }
    return new Directive.Tool(text.substring(0, bar), text.substring(bar + 1));
  }

  private static Directive http(String text) {
    String[] words = text.split(" +");
    int times = Integer.MAX_VALUE;
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, String> error = new LinkedHashMap<>();
    for (String word : List.of(words).subList(1, words.length)) {
      String[] pair = word.replace("%20", " ").split("=", 2);
      if (pair[0].equals("times")) {
        times = Integer.parseInt(pair[1]);
      } else if (pair[0].startsWith("error.")) {
        error.put(pair[0].substring("error.".length()), pair[1]);
      } else {
        headers.put(pair[0], pair[1]);
      }
    }
    return new Directive.Http(Integer.parseInt(words[0]), times, headers, error);
  }
}
