import conductor.cli.syntax.CommandSyntax;
import conductor.cli.view.CompletionScript;
import conductor.cli.view.ManPages;
import conductor.main.Main;
import conductor.script.groovy.GroovyWords;
import conductor.state.Nullness;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * Keeps what annotations say in files beside the classes, so that no command has to read annotations when it starts:
 * what every command takes, what completes it, which components of records may be null, and the words of the effects for scripts.
 * Of the same it makes the manual pages, beside the classes' directory.
 *
 * <p>Usage: java -cp CLASSES:JARS KeepAnnotations.java CLASSES PROJECT
 */
class KeepAnnotations {
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    Path classes = Path.of(arguments[0]);
    var all = new CommandLine(CommandLine.Model.CommandSpec.create().name("conductor"));
    Main.commands().forEach((name, command) -> all.addSubcommand(name, command.get()));
    CompletionScript.keep(all, classes);
    all.getCommandSpec().usageMessage().description(Main.class.getAnnotation(CommandLine.Command.class).description());
    ManPages.write(all, Path.of(arguments[1]), classes.resolveSibling("man"));
    for (var command : Main.commands().entrySet()) {
      Path file = classes.resolve("conductor/cli/syntax/" + command.getKey() + ".syntax");
      try (var out = new DataOutputStream(Files.newOutputStream(file))) {
        CommandSyntax.of(new CommandLine(command.getValue().get())).write(out);
      }
    }
    Files.write(classes.resolve(GroovyWords.NAME.replace('.', '/') + ".class"), GroovyWords.code());
    var lines = new ArrayList<String>();
    for (String name : names(classes)) {
      Class<?> type = Class.forName(name, false, KeepAnnotations.class.getClassLoader());
      if (type.isRecord()) {
        lines.add(Nullness.line(type));
      }
    }
    Files.write(classes.resolve("conductor/state/" + Nullness.FILE), lines);
  }

  private static List<String> names(Path classes) throws IOException {
    try (var files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .toList();
    }
  }
}
