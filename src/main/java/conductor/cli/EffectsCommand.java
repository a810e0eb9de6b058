package conductor.cli;

import conductor.effect.ControlForm;
import conductor.effect.Nearest;
import conductor.effect.Parameter;
import conductor.effect.Signature;
import conductor.effect.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The effects that scripts can yield. */
@Command(
    name = "effects",
    description = "Lists the effects, or explains one.",
    footer = {"", "Example:", "  conductor effects RunAgent"})
final class EffectsCommand extends Subcommand {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "one effect")
  Optional<String> name = Optional.empty();

  @Option(names = "--markdown", description = "as the reference page of the documentation")
  boolean markdown;

  @Override
  public Integer call() {
    Vocabulary vocabulary = Vocabulary.standard();
    List<Signature> effects =
        vocabulary.signatures().stream().filter(effect -> isMeant(effect.name())).toList();
    List<ControlForm> controls =
        ControlForm.all().stream().filter(control -> isMeant(control.name())).toList();
    if (effects.isEmpty() && controls.isEmpty()) {
      var names = new ArrayList<>(vocabulary.names());
      names.addAll(Vocabulary.controls());
      String wanted = name.orElse("");
      throw new Usage("there is no effect '%s'%s".formatted(wanted, Nearest.hint(wanted, names)));
    }
    print(objects(effects, controls), markdown ? page(effects) : lines(effects, controls));
    return Exit.OK;
  }

  private boolean isMeant(String effect) {
    return name.isEmpty() || name.get().equals(effect);
  }

  private static List<String> page(List<Signature> effects) {
    return Stream.concat(
            EffectReference.page(effects).stream(), EffectReference.controls().stream())
        .toList();
  }

  private static List<Object> objects(List<Signature> effects, List<ControlForm> controls) {
    var objects = new ArrayList<Object>(controls);
    objects.addAll(0, effects.stream().map(EffectsCommand::object).toList());
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

  private static Map<String, Object> object(Signature effect) {
    return Map.of(
        "name", effect.name(),
        "about", effect.about(),
        "reply", effect.reply(),
        "example", effect.example(),
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
    lines.addAll(List.of("", "  " + effect.example()));
    return lines;
  }
}
