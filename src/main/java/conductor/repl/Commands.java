package conductor.repl;

import conductor.effect.Entered;
import conductor.effect.vocabulary.Nearest;
import conductor.error.Reason;
import conductor.script.Forgetting;
import conductor.script.ScriptErrors;
import conductor.script.Session;
import conductor.workflow.CannotStart;
import conductor.workflow.Language;
import conductor.workflow.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Executes the commands of a session, which are not evaluated: {@code /save flow.groovy}. */
final class Commands {

  private static final Pattern COMMAND = Pattern.compile("\\s*/[a-z]+(\\s.*)?");

  private final LiveSession running;
  private final Session session;
  private final SessionViews views;
  private final Prompter prompter;
  private final Supplier<String> last;
  private final Path directory;
  private final Scripts scripts;
  private final Out out;
  private final Set<Path> written = new HashSet<>();
  private volatile boolean times;

  /** The session's next action after a command. */
  sealed interface Then {
    record Nothing() implements Then {}

    record Leave() implements Then {}

    record Enter(Entered entered) implements Then {}
  }

  /** Thrown for a command that cannot be executed; the message says why. */
  static final class Refused extends RuntimeException {
    Refused(String message) {
      super(message);
    }
  }

  /**
   * Creates the commands of a session.
   *
   * @param last returns the text of the last value; empty without one
   */
  Commands(LiveSession running, Prompter prompter, Supplier<String> last, Names names, Out out) {
    this.running = running;
    this.session = running.prompt().session();
    this.views = new SessionViews(session, running.journal());
    this.prompter = prompter;
    this.last = last;
    this.directory = names.directory();
    this.scripts = names.conductor().scripts();
    this.out = out;
  }

  static boolean isCommand(String text) {
    return COMMAND.matcher(text).matches();
  }

  /** Executes a command, or throws when it cannot. */
  Then run(String text) {
    String[] words = text.strip().split("\\s+", 2);
    String argument = words.length > 1 ? words[1].strip() : "";
    return switch (words[0]) {
      case "/quit" -> new Then.Leave();
      case "/load" -> new Then.Enter(new Entered(read(needed(words[0], argument)), argument));
      case "/run" -> new Then.Enter(new Entered(session.running(needed(words[0], argument)), null));
      case "/save" -> save(needed(words[0], argument));
      case "/drop" -> drop(needed(words[0], argument));
      case "/reset" -> new Then.Enter(new Forgetting.All().entered());
      case "/fork" -> fork();
      case "/edit" -> edit(argument);
      case "/more" -> more();
      case "/time" -> time();
      case "/help" ->
          told(argument.isEmpty() ? CommandHelp.all() : CommandHelp.explained(argument));
      case "/effects" -> told(views.effects(argument));
      case "/effect" -> told(views.effect(needed(words[0], argument)));
      case "/vars" -> told(views.variables());
      case "/type" -> told(views.type(needed(words[0], argument)));
      case "/imports" -> told(session.imports());
      case "/history" -> told(views.history());
      case "/journal" -> told(views.journal());
      default -> throw CommandHelp.unknown(words[0]);
    };
  }

  /** Returns whether the person wants to see how long entries take. */
  boolean times() {
    return times;
  }

  private static String needed(String command, String argument) {
    if (argument.isEmpty()) {
      throw new Refused("write " + CommandHelp.shape(command));
    }
    return argument;
  }

  private Then time() {
    times = !times;
    out.aside(times ? "each entry shows how long it took" : "entries show no times");
    return new Then.Nothing();
  }

  private Then drop(String name) {
    List<String> known = session.definitions();
    if (!known.contains(name)) {
      throw new Refused(
          "there is no variable or method '%s'%s; /vars lists the variables"
              .formatted(name, Nearest.hint(name, known)));
    }
    return new Then.Enter(new Forgetting.Name(name).entered());
  }

  private Then edit(String number) {
    List<Entered> entered = session.entered();
    int at =
        number.isEmpty()
            ? entered.size()
            : number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
    if (at < 1 || at > entered.size()) {
      throw new Refused(
          entered.isEmpty()
              ? "nothing was entered yet"
              : "/edit takes a number from 1 to %d, as /history shows, found '%s'"
                  .formatted(entered.size(), number));
    }
    try {
      String text = prompter.edit(entered.get(at - 1).text());
      if (text.isBlank()) {
        return new Then.Nothing();
      }
      out.aside(text);
      return isCommand(text) ? run(text) : new Then.Enter(new Entered(text, null));
    } catch (Editor.Failed e) {
      throw new Refused(String.valueOf(e.getMessage()));
    }
  }

  private Then more() {
    String value = last.get();
    if (value.isEmpty()) {
      throw new Refused("there is no value yet");
    }
    try {
      prompter.page(value);
      return new Then.Nothing();
    } catch (Editor.Failed e) {
      throw new Refused(String.valueOf(e.getMessage()));
    }
  }

  private Then told(List<String> lines) {
    if (!lines.isEmpty()) {
      out.told().accept(String.join("\n", lines));
    }
    return new Then.Nothing();
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new Refused("cannot read " + file + ": " + Reason.of(e));
    }
  }

  private Then save(String argument) {
    boolean force = argument.endsWith(" " + CommandHelp.FORCE);
    String file =
        force
            ? argument.substring(0, argument.length() - CommandHelp.FORCE.length()).strip()
            : argument;
    String script = session.saved();
    if (script.isEmpty()) {
      throw new Refused("there is nothing to save yet");
    }
    if (!file.endsWith(session.suffix())) {
      throw new Refused(
          "what was entered can be run from a file that ends in %s: write /save %s%s"
              .formatted(session.suffix(), file.replaceFirst("\\.\\w+$", ""), session.suffix()));
    }
    Path path = directory.resolve(file);
    if (!force && !written.contains(path) && Files.exists(path)) {
      throw new Refused(
          "%s is there already: write /save %s %s to replace it, or another name"
              .formatted(file, file, CommandHelp.FORCE));
    }
    try {
      Files.writeString(path, script);
      written.add(path);
    } catch (IOException e) {
      throw new Refused("cannot write " + file + ": " + Reason.of(e));
    }
    try {
      Language.compile(path.toString(), script, scripts.library(path));
    } catch (ScriptErrors e) {
      throw new Refused(
          "saved as %s, but it cannot be run as it is:\n%s".formatted(file, e.getMessage()));
    }
    return told(List.of("saved as " + file + "; run it with 'conductor run " + file + "'"));
  }

  private Then fork() {
    try {
      running.fork().make();
    } catch (CannotStart e) {
      throw new Refused(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted; no fork was made");
    }
    running.suspend().run();
    return new Then.Nothing();
  }
}
