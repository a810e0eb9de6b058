package conductor.repl;

import conductor.effect.Entered;
import conductor.effect.vocabulary.ControlForm;
import conductor.effect.vocabulary.Nearest;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.error.Reason;
import conductor.run.record.EffectView;
import conductor.script.ScriptErrors;
import conductor.script.Session;
import conductor.workflow.CannotStart;
import conductor.workflow.Language;
import conductor.workflow.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Executes the commands of a session, which are not evaluated: {@code /save flow.groovy}. */
final class Commands {

  private static final Pattern COMMAND = Pattern.compile("\\s*/[a-z]+(\\s.*)?");

  private static final String FORCE = "--force";
  private static final Map<String, String> ABOUT = new LinkedHashMap<>();

  static {
    ABOUT.put("/help", "shows this");
    ABOUT.put("/effects [NAME]", "lists the effects, or those whose names have this in them");
    ABOUT.put("/effect NAME", "explains one");
    ABOUT.put("/vars", "lists the variables");
    ABOUT.put("/run FILE", "runs a workflow as a run of its own");
    ABOUT.put("/load FILE", "enters what a file holds");
    ABOUT.put("/save FILE", "writes what was entered and did not fail as a workflow");
    ABOUT.put("/save FILE " + FORCE, "does so in place of another file");
    ABOUT.put("/fork", "goes on in a fork of the session, with worktrees of its own");
    ABOUT.put("/journal", "lists what the session did");
    ABOUT.put("/quit", "ends the session, as Ctrl-D does");
  }

  private final LiveSession running;
  private final Session session;
  private final Path directory;
  private final Scripts scripts;
  private final Out out;
  private final Set<Path> written = new HashSet<>();

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

  Commands(LiveSession running, Path directory, Scripts scripts, Out out) {
    this.running = running;
    this.session = running.prompt().session();
    this.directory = directory;
    this.scripts = scripts;
    this.out = out;
  }

  static boolean isCommand(String text) {
    return COMMAND.matcher(text).matches();
  }

  static List<String> names() {
    return ABOUT.keySet().stream().map(shape -> shape.split(" ", 2)[0]).distinct().toList();
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
      case "/fork" -> fork();
      case "/help" -> told(help());
      case "/effects" -> told(effects(argument));
      case "/effect" -> told(effect(needed(words[0], argument)));
      case "/vars" -> told(variables());
      case "/journal" -> told(journal());
      default ->
          throw new Refused(
              "there is no command '%s'%s; /help lists them"
                  .formatted(words[0], Nearest.hint(words[0], names())));
    };
  }

  private static String needed(String command, String argument) {
    if (argument.isEmpty()) {
      String shape =
          ABOUT.keySet().stream().filter(it -> it.startsWith(command + " ")).findFirst().orElse("");
      throw new Refused("write " + shape);
    }
    return argument;
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
    boolean force = argument.endsWith(" " + FORCE);
    String file =
        force ? argument.substring(0, argument.length() - FORCE.length()).strip() : argument;
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
              .formatted(file, file, FORCE));
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

  private static List<String> help() {
    var lines = new ArrayList<String>();
    ABOUT.forEach((shape, about) -> lines.add("%-19s %s".formatted(shape, about)));
    lines.add("TAB completes; Ctrl-C cancels what is under way; Ctrl-D leaves.");
    return lines;
  }

  private List<String> effects(String part) {
    var lines = new ArrayList<String>();
    String wanted = part.toLowerCase(Locale.ROOT);
    session.vocabulary().signatures().stream()
        .filter(signature -> signature.name().toLowerCase(Locale.ROOT).contains(wanted))
        .forEach(signature -> lines.add(session.shape(signature) + " -> " + signature.reply()));
    ControlForm.all().stream()
        .filter(control -> control.name().toLowerCase(Locale.ROOT).contains(wanted))
        .forEach(control -> lines.add(control.shape() + " -> " + control.reply()));
    if (lines.isEmpty()) {
      throw new Refused(
          "no effect has '%s' in its name%s"
              .formatted(part, Nearest.hint(part, session.vocabulary().words())));
    }
    return lines;
  }

  private List<String> effect(String name) {
    Vocabulary vocabulary = session.vocabulary();
    return vocabulary
        .signature(name)
        .map(this::explained)
        .or(() ->
            ControlForm.all().stream()
                .filter(control -> control.name().equals(name))
                .map(control ->
                    List.of(
                        control.shape() + " -> " + control.reply(),
                        control.about(),
                        "  " + control.example()))
                .findFirst())
        .orElseThrow(() ->
            new Refused(
                "there is no effect '%s'%s"
                    .formatted(name, Nearest.hint(name, vocabulary.words()))));
  }

  private List<String> explained(Signature effect) {
    var lines = new ArrayList<String>();
    lines.add(session.shape(effect) + " -> " + effect.reply());
    lines.add(effect.about());
    for (Parameter parameter : effect.parameters()) {
      lines.add("  %-14s %s: %s".formatted(parameter, parameter.typeName(), parameter.about()));
    }
    session.example(effect).ifPresent(example -> lines.add("  " + example));
    return lines;
  }

  private List<String> variables() {
    var lines = new ArrayList<String>();
    session
        .variables()
        .forEach((name, value) ->
            lines.add(
                value == null
                    ? name + "  null"
                    : "%s  %s  %s"
                        .formatted(
                            name, value.getClass().getSimpleName(), cut(session.shown(value)))));
    return lines;
  }

  private List<String> journal() {
    return running.journal().get().effects().stream()
        .filter(effect -> !effect.effect().equals("Line"))
        .map(Commands::line)
        .toList();
  }

  private static String line(EffectView effect) {
    String reply = effect.reply() == null || effect.reply().isEmpty() ? "" : "  " + effect.reply();
    return "%s %s %s  %s%s"
        .formatted(
            effect.position(), effect.effect(), effect.status(), cut(effect.summary()), cut(reply));
  }

  private static String cut(String text) {
    String line = text.replace('\n', ' ');
    return line.length() <= 100 ? line : line.substring(0, 99) + "…";
  }
}
