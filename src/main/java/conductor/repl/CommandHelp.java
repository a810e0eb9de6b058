package conductor.repl;

import conductor.effect.vocabulary.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is said of a command.
 *
 * @param shape how it is written
 * @param about what it does, in a few words
 * @param more what else there is to know; may be empty
 */
record CommandHelp(String shape, String about, String more) {

  static final String FORCE = "--force";

  private static final List<CommandHelp> ALL =
      List.of(
          new CommandHelp("/help [COMMAND]", "lists the commands, or explains one", ""),
          new CommandHelp(
              "/effects [NAME]", "lists the effects, or those whose names have this in them", ""),
          new CommandHelp("/effect NAME", "explains one", ""),
          new CommandHelp("/vars", "lists the variables", ""),
          new CommandHelp("/imports", "lists the imports that were entered", ""),
          new CommandHelp(
              "/type NAME",
              "shows the type of a variable, and its fields",
              "Fields may follow: /type env.branch."),
          new CommandHelp(
              "/history",
              "lists what was entered",
              "The number is that of 'line-3' in errors, and what /edit takes."),
          new CommandHelp(
              "/edit [NUMBER]",
              "edits what was entered last, or as /history numbers it, and enters it",
              "VISUAL or EDITOR says with which program; else it is vi. An empty text enters nothing."),
          new CommandHelp(
              "/more",
              "shows all of the last value, page by page",
              "PAGER says with which program; else it is less."),
          new CommandHelp("/time", "shows how long each entry took; once more, no longer does", ""),
          new CommandHelp(
              "/drop NAME",
              "forgets a variable or a method",
              "Later entries do not know it. A resumed session forgets it at the same place; /save still writes what was entered."),
          new CommandHelp(
              "/reset",
              "forgets all that was entered",
              "Variables, methods, classes and imports are as at the start, and /save begins anew. What was performed stays performed, and in the journal."),
          new CommandHelp("/run FILE", "runs a workflow as a run of its own", ""),
          new CommandHelp("/load FILE", "enters what a file holds", ""),
          new CommandHelp(
              "/save FILE", "writes what was entered and did not fail as a workflow", ""),
          new CommandHelp("/save FILE " + FORCE, "does so in place of another file", ""),
          new CommandHelp(
              "/fork",
              "goes on in a fork of the session, with worktrees of its own",
              "The session that is left stays as it is; 'conductor resume' takes it up."),
          new CommandHelp("/journal", "lists what the session did", ""),
          new CommandHelp("/quit", "ends the session, as Ctrl-D does", ""));

  static List<String> names() {
    return ALL.stream().map(CommandHelp::name).distinct().toList();
  }

  private String name() {
    return shape.split(" ", 2)[0];
  }

  private static Stream<CommandHelp> of(String name) {
    return ALL.stream().filter(command -> command.name().equals(name));
  }

  /** Returns how a command is written. */
  static String shape(String name) {
    return of(name).findFirst().map(CommandHelp::shape).orElse(name);
  }

  /** Returns a line for each command. */
  static List<String> all() {
    var lines = new ArrayList<>(ALL.stream().map(CommandHelp::line).toList());
    lines.add("TAB completes; Ctrl-C cancels what is under way; Ctrl-D leaves.");
    return lines;
  }

  private String line() {
    return "%-19s %s".formatted(shape, about);
  }

  /** Explains a command; its slash may be left out. */
  static List<String> explained(String given) {
    String name = given.startsWith("/") ? given : "/" + given;
    List<String> lines =
        of(name)
            .flatMap(command ->
                Stream.concat(
                    Stream.of(command.line()),
                    Optional.of(command.more()).filter(more -> !more.isEmpty()).stream()))
            .toList();
    if (lines.isEmpty()) {
      throw unknown(name);
    }
    return lines;
  }

  static Commands.Refused unknown(String name) {
    return new Commands.Refused(
        "there is no command '%s'%s; /help lists them"
            .formatted(name, Nearest.hint(name, names())));
  }
}
