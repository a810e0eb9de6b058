package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Group;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.config.Trust;
import conductor.effect.vocabulary.Nearest;
import conductor.script.ScriptInfo;
import conductor.state.AtomicFile;
import conductor.state.TextFile;
import conductor.workflow.Language;
import conductor.workflow.Scripts;
import conductor.workflow.Templates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, shows, creates and runs workflow templates. */
@Command(
    name = "template",
    description = "Works with workflow templates.",
    subcommands = {
      TemplateCommand.ListAll.class,
      TemplateCommand.Show.class,
      TemplateCommand.New.class,
      RunCommand.class
    },
    footer = {"", "Example:", "  conductor template list"})
public final class TemplateCommand extends Group {

  @Command(
      name = "list",
      description = "Lists the templates of the project, the user and conductor.",
      footer = {"", "Example:", "  conductor template list"})
  static final class ListAll extends Subcommand {

    record Line(String name, String origin, String file, String description) {

      static Line of(Templates.Template template) {
        String about = ScriptInfo.description(TextFile.read(template.file()));
        return new Line(template.name(), template.origin(), template.file().toString(), about);
      }

      String text() {
        String first = description.lines().findFirst().orElse("");
        return "%-14s  %-8s  %s".formatted(name, origin, first);
      }
    }

    @Override
    public Integer call() {
      List<Line> all = new Scripts(places()).templates().all().stream().map(Line::of).toList();
      print(all, all.stream().map(Line::text).toList());
      return Exit.OK;
    }
  }

  @Command(
      name = "show",
      description = "Prints the script of a template.",
      footer = {"", "Example:", "  conductor template show basic_pr"})
  static final class Show extends Subcommand {

    @Parameters(paramLabel = "NAME", description = "the template")
    String name = "";

    @Override
    public Integer call() {
      Templates templates = new Scripts(places()).templates();
      Templates.Template template =
          templates
              .find(name)
              .orElseThrow(() -> {
                List<String> names =
                    templates.all().stream().map(Templates.Template::name).toList();
                return new UsageError(
                    "there is no template '%s'%s; there are %s"
                        .formatted(name, Nearest.hint(name, names), String.join(", ", names)));
              });
      String text = TextFile.read(template.file());
      print(new Shown(template.name(), template.origin(), template.file(), text), text);
      return Exit.OK;
    }

    /** What {@code --json} prints. */
    record Shown(String name, String origin, Path file, String script) {}
  }

  @Command(
      name = "new",
      description = {
        "Writes a commented workflow that runs, for you to change, and scenarios of it for",
        "'conductor test'."
      },
      footer = {"", "Example:", "  conductor template new my_flow"})
  static final class New extends Subcommand {

    @Parameters(paramLabel = "NAME", description = "letters, digits, - and _")
    String name = "";

    @Option(names = "--lang", paramLabel = "LANG", description = "groovy (default) or java")
    Language lang = Language.GROOVY;

    @Override
    public Integer call() {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
        throw new UsageError(
            "a template's name has letters, digits, - and _, found '" + name + "'");
      }
      Path directory = context().directory().resolve(".conductor/workflows");
      Path file = directory.resolve(name + lang.suffix());
      Path test = directory.resolve(name + "_test.groovy");
      for (Path there : List.of(file, test)) {
        if (Files.exists(there)) {
          throw new UsageError(there + " exists; choose another name");
        }
      }
      var trust = new Trust(places());
      boolean trusted = trust.given();
      write("template" + lang.suffix(), file);
      write("template_test.groovy", test);
      if (trusted) {
        new Trust(places()).give(); // the user has just created the files, so they are trusted
      }
      print(new Made(name, file, test), List.of(file.toString(), test.toString()));
      return Exit.OK;
    }

    private void write(String example, Path file) {
      AtomicFile.write(
          file,
          TextFile.read(places().home().resolve("examples").resolve(example)).replace("NAME", name),
          file.resolveSibling("." + name + ".writing"));
    }

    /** What {@code --json} prints. */
    record Made(String name, Path file, Path test) {}
  }
}
