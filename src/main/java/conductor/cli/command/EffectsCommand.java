package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.cli.view.EffectReference;
import conductor.config.Trust;
import conductor.effect.vocabulary.ControlForm;
import conductor.effect.vocabulary.Nearest;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the effects that scripts can yield, or explains one. */
@Command(
    name = "effects",
    description = "Lists the effects, or explains one.",
    footer = {"", "Example:", "  conductor effects RunAgent"})
public final class EffectsCommand extends Subcommand {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "one effect")
  Optional<String> name = Optional.empty();

  @Option(names = "--markdown", description = "as the reference page of the documentation")
  boolean markdown;

  @Override
  public Integer call() {
    var trust = new Trust(places());
    if (!trust.given()) {
      console()
          .warn("the project's effects are left out: it is not trusted, see 'conductor trust'");
    }
    Scripts.Known known = new Scripts(places()).effects(trust.given());
    Vocabulary vocabulary = known.vocabulary();
    List<Signature> effects =
        vocabulary.signatures().stream().filter(effect -> isMeant(effect.name())).toList();
    List<ControlForm> controls =
        ControlForm.all().stream().filter(control -> isMeant(control.name())).toList();
    if (effects.isEmpty() && controls.isEmpty()) {
      String wanted = name.orElse("");
      throw new UsageError(
          "there is no effect '%s'%s".formatted(wanted, Nearest.hint(wanted, vocabulary.words())));
    }
    print(
        objects(effects, controls, known.files()),
        markdown ? EffectReference.page(effects) : lines(effects, controls));
    return Exit.OK;
  }

  private boolean isMeant(String effect) {
    return name.isEmpty() || name.get().equals(effect);
  }

  private static List<Object> objects(
      List<Signature> effects, List<ControlForm> controls, Map<String, Path> files) {
    var objects = new ArrayList<Object>();
    effects.forEach(effect -> objects.add(object(effect, files)));
    objects.addAll(controls);
    return objects;
  }

  private List<String> lines(List<Signature> effects, List<ControlForm> controls) {
    var lines = new ArrayList<String>();
    effects.forEach(effect -> lines.addAll(lines(effect)));
    for (ControlForm control : controls) {
      lines.add(control.shape() + " -> " + control.reply());
      if (name.isPresent()) {
        lines.addAll(List.of("", control.about(), "", "  " + control.example()));
      }
    }
    return lines;
  }

  private static Map<String, Object> object(Signature effect, Map<String, Path> files) {
    return Map.of(
        "name", effect.name(),
        "about", effect.about(),
        "reply", effect.reply(),
        "example", effect.example(),
        "origin", files.containsKey(effect.name()) ? files.get(effect.name()) : "built-in",
        "parameters",
            effect.parameters().stream()
                .map(parameter ->
                    Map.of(
                        "name", parameter.name(),
                        "type", parameter.typeName(),
                        "required", parameter.required(),
                        "about", parameter.about()))
                .toList());
  }

  private List<String> lines(Signature effect) {
    if (name.isEmpty()) {
      return List.of(effect + " -> " + effect.reply());
    }
    var lines =
        new ArrayList<String>(List.of(effect + " -> " + effect.reply(), "", effect.about(), ""));
    for (Parameter parameter : effect.parameters()) {
      lines.add("  %-14s %s: %s".formatted(parameter, parameter.typeName(), parameter.about()));
    }
    if (!effect.example().isEmpty()) {
      lines.addAll(List.of("", "  " + effect.example()));
    }
    return lines;
  }
}
