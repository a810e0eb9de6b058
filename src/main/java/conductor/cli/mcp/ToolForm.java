package conductor.cli.mcp;

import conductor.cli.UsageError;
import conductor.state.StateJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tool: what it takes, and the command line that it is.
 *
 * @param words the words of the command before the options
 */
record ToolForm(
    String name, String about, Set<Trait> traits, List<String> words, List<Part> parts) {

  /** What is to be known of a tool before it is called. */
  enum Trait {
    /** It changes nothing. */
    READS,
    /** It ends what cannot be begun again. */
    ENDS,
    /** It may take minutes. */
    LASTS,
    /** It returns lines, of which a page is shown. */
    PAGED
  }

  /**
   * An argument.
   *
   * @param type its type in JSON schema
   * @param option the option that it becomes; null for a word of its own
   * @param usual what is taken when it is not given; null for nothing
   */
  record Part(
      String name,
      String type,
      String about,
      boolean required,
      @Nullable String option,
      @Nullable String usual) {

    private static String text(String name, Object given) {
      String text = given instanceof Map<?, ?> map ? StateJson.line(map) : given.toString();
      if (text.equals("-")) {
        throw new UsageError(name + " cannot be '-': standard input is the protocol's");
      }
      return text;
    }
  }

  ToolForm(String name, String about, String command) {
    this(name, about, Set.of(), List.of(command.split(" ", -1)), List.of());
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  ToolForm being(Trait... more) {
    return new ToolForm(name, about, Set.of(more), words, parts);
  }

  /** Adds a word that must be given. */
  ToolForm word(String named, String text) {
    return with(new Part(named, "string", text, true, null, null));
  }

  /** Adds a word that may be left out. */
  ToolForm maybe(String named, String text) {
    return with(new Part(named, "string", text, false, null, null));
  }

  ToolForm option(String named, String type, String text, String option) {
    return with(new Part(named, type, text, false, option, null));
  }

  /** Adds an option that has a value when none is given. */
  ToolForm usual(String named, String type, String text, String option, String usual) {
    return with(new Part(named, type, text, false, option, usual));
  }

  private ToolForm with(Part part) {
    var more = new ArrayList<>(parts);
    more.add(part);
    return new ToolForm(name, about, traits, words, List.copyOf(more));
  }

  /** Returns the JSON schema of the arguments. */
  Map<String, Object> schema() {
    var properties = new LinkedHashMap<String, Object>();
    for (Part part : parts) {
      var property = new LinkedHashMap<String, Object>(); // always in one order
      property.put("type", part.type());
      property.put("description", part.about());
      properties.put(part.name(), property);
    }
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", parts.stream().filter(Part::required).map(Part::name).toList());
    schema.put("additionalProperties", false);
    return schema;
  }

  /**
   * Returns the command line for arguments that fit the schema.
   *
   * @throws UsageError when an argument cannot be handed on
   */
  List<String> line(Map<String, Object> given, String state) {
    var line = new ArrayList<>(words);
    line.addAll(List.of("--json", "--state-dir=" + state));
    var operands = new ArrayList<String>();
    for (Part part : parts) {
      Object value = given.getOrDefault(part.name(), part.usual());
      if (value == null) {
        continue;
      }
      String text = Part.text(part.name(), value);
      if (part.option() == null) {
        operands.add(text);
      } else {
        line.add(part.option() + "=" + text);
      }
    }
    if (!operands.isEmpty()) {
      line.add("--"); // what follows is no option, whatever it begins with
      line.addAll(operands);
    }
    return line;
  }
}
