package conductor.cli;

import conductor.effect.Nearest;
import conductor.effect.Parameter;
import conductor.effect.Signature;
import conductor.effect.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The effects that scripts can yield. */
@Command(
    name = "effects",
    description = "Lists the effects, or explains one.",
    footer = {"", "Example:", "  conductor effects RunAgent"})
final class EffectsCommand extends Base {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "one effect")
  Optional<String> name = Optional.empty();

  @Option(names = "--markdown", description = "as the reference page of the documentation")
  boolean markdown;

  @Override
  public Integer call() {
    Vocabulary vocabulary = Vocabulary.standard();
    List<Signature> shown =
        name.map(wanted ->
                List.of(
                    vocabulary
                        .signature(wanted)
                        .orElseThrow(() ->
                            new Usage(
                                "there is no effect '%s'%s"
                                    .formatted(wanted, Nearest.hint(wanted, vocabulary.names()))))))
            .orElseGet(() -> List.copyOf(vocabulary.signatures()));
    print(
        shown.stream().map(EffectsCommand::object).toList(),
        markdown
            ? EffectReference.page(shown)
            : shown.stream().flatMap(effect -> lines(effect).stream()).toList());
    return Exit.OK;
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
