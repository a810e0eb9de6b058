package conductor.cli.view;

import conductor.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Makes the manual pages, which the build does: one of section 1 for each command, of what {@code
 * --help} is made of, and one of section 7 for each {@link Topic}.
 */
public final class ManPages {

  /** Of the synopsis, which stands indented by seven columns. */
  private static final int WIDTH = 72;

  private static final String EXIT_STATUS =
      "0 done; 1 the workflow failed; 2 wrong usage, an unknown name, a script that does not compile; 3 blocked on a"
          + " question, or a wait's time is over; 4 the environment or conductor itself; 130 and 143 on signals.";

  private ManPages() {}

  /**
   * Writes all pages in place of those that are there.
   *
   * @param all {@code conductor} with all its commands
   * @param home where {@code docs/topics} are
   * @param directory gets {@code man1} and {@code man7}
   */
  public static void write(CommandLine all, Path home, Path directory) throws IOException {
    FileTree.delete(directory);
    Files.createDirectories(directory.resolve("man1"));
    Files.createDirectories(directory.resolve("man7"));
    List<String> topics = Topic.names(home);
    write(all, "conductor", topics, directory.resolve("man1"));
    for (String name : topics) {
      String page = page(Topic.find(home, name).orElseThrow());
      Files.writeString(directory.resolve("man7/conductor-" + name + ".7"), page);
    }
  }

  private static void write(CommandLine line, String name, List<String> topics, Path directory)
      throws IOException {
    Files.writeString(directory.resolve(name + ".1"), page(line.getCommandSpec(), name, topics));
    for (CommandLine below : line.getSubcommands().values()) {
      if (!below.getCommandSpec().usageMessage().hidden()) {
        write(below, name + "-" + below.getCommandName(), topics, directory);
      }
    }
  }

  /** Returns the page of a command. */
  static String page(CommandSpec command, String name, List<String> topics) {
    var usage = command.usageMessage();
    String about = String.join(" ", usage.description());
    var lines = new ArrayList<String>(head(name, 1, brief(usage.description())));
    usage.width(WIDTH);
    lines.addAll(List.of(".SH SYNOPSIS", ".nf"));
    String synopsis = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0);
    synopsis.lines().forEach(line -> lines.add(text(line)));
    lines.addAll(List.of(".fi", ".SH DESCRIPTION", text(about)));
    List<String> arguments =
        command.positionalParameters().stream()
            .flatMap(argument -> entry(argument).stream())
            .toList();
    section(lines, "ARGUMENTS", arguments);
    section(
        lines,
        "OPTIONS",
        command.options().stream().flatMap(option -> entry(option).stream()).toList());
    section(lines, "COMMANDS", commands(command, name));
    section(lines, "EXAMPLES", examples(usage.footer()));
    lines.addAll(List.of(".SH EXIT STATUS", text(EXIT_STATUS)));
    section(lines, "SEE ALSO", List.of(seeAlso(name, topics)));
    return String.join("\n", lines) + "\n";
  }

  /**
   * Returns the pages that a page leads to: the main one to all topics, others to that of their
   * name.
   */
  private static String seeAlso(String name, List<String> topics) {
    boolean isMain = !name.contains("-");
    String pages =
        topics.stream()
            .map(topic -> "conductor-" + topic)
            .filter(page -> isMain || page.equals(name))
            .map(page -> page + "(7)")
            .collect(Collectors.joining(", "));
    return text(isMain ? pages : pages.isEmpty() ? "conductor(1)" : "conductor(1), " + pages);
  }

  /** Returns the page of a topic. */
  static String page(Topic topic) {
    String name = "conductor-" + topic.name();
    var lines = new ArrayList<String>(head(name, 7, topic.title()));
    lines.add(".SH DESCRIPTION");
    for (Topic.Block block : topic.blocks()) {
      switch (block) {
        case Topic.Block.Text said -> {
          lines.add(said.item() ? ".IP \\(bu 2" : ".PP");
          lines.add(text(said.text()));
        }
        case Topic.Block.Code code -> lines.addAll(code(code.lines()));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /**
   * Returns the first sentence of a description, or what it has before a colon, without its end.
   */
  private static String brief(String[] description) {
    return String.join(" ", description).replaceFirst("[.:] .*|[.:]$", "");
  }

  private static List<String> head(String name, int section, String about) {
    return List.of(
        ".TH \"%s\" \"%d\" \"\" \"conductor\" \"conductor\""
            .formatted(text(name.toUpperCase(Locale.ROOT)), section),
        ".nh",
        ".ad l",
        ".SH NAME",
        text(name) + " \\- " + text(about));
  }

  private static void section(List<String> lines, String title, List<String> content) {
    if (!content.isEmpty()) {
      lines.add(".SH " + title);
      lines.addAll(content);
    }
  }

  private static List<String> entry(ArgSpec argument) {
    String label = argument.paramLabel();
    String head =
        switch (argument) {
          case OptionSpec option -> String.join(", ", option.names()) + value(option, label);
          case PositionalParamSpec _ -> label;
          default -> throw new IllegalArgumentException(argument.toString());
        };
    String about =
        Arrays.stream(argument.description())
            .map(line -> line.replace("${DEFAULT-VALUE}", argument.defaultValueString()))
            .collect(Collectors.joining(" "));
    return List.of(".TP", "\\fB" + inline(head) + "\\fR", text(about));
  }

  private static String value(OptionSpec option, String label) {
    boolean optional = option.arity().min() == 0 && option.arity().max() > 0;
    return option.arity().max() == 0 ? "" : optional ? "[=" + label + "]" : "=" + label;
  }

  private static List<String> commands(CommandSpec command, String name) {
    return command.subcommands().values().stream()
        .filter(below -> !below.getCommandSpec().usageMessage().hidden())
        .flatMap(below -> {
          String about = brief(below.getCommandSpec().usageMessage().description());
          String page = "\\fB" + inline(name + "-" + below.getCommandName()) + "\\fR(1)";
          return List.of(".TP", page, text(about)).stream();
        })
        .toList();
  }

  /** Returns the examples of a footer, whose first lines say that they are some. */
  private static List<String> examples(String[] footer) {
    List<String> shown =
        Arrays.stream(footer).filter(line -> line.startsWith(" ")).map(String::strip).toList();
    return shown.isEmpty() ? List.of() : code(shown);
  }

  private static List<String> code(List<String> shown) {
    var lines = new ArrayList<String>(List.of(".PP", ".RS 4", ".nf"));
    shown.forEach(line -> lines.add(text(line)));
    lines.addAll(List.of(".fi", ".RE"));
    return lines;
  }

  /** Returns a line of text: what begins one of roff's requests does not. */
  private static String text(String line) {
    String escaped = inline(line);
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  /** Escapes what roff would take for its own, or print as something that cannot be copied. */
  private static String inline(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("`", "\\(ga")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti");
  }
}
