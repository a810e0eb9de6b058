package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.cli.view.EffectReference;
import conductor.cli.view.Gdsl;
import conductor.cli.view.VocabularyJson;
import conductor.config.Trust;
import conductor.effect.vocabulary.ControlForm;
import conductor.effect.vocabulary.DataType;
import conductor.effect.vocabulary.Nearest;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the effects that scripts can yield, or explains one, or a reply or failure. */
@Command(
    name = "effects",
    description = "Lists the effects, or explains one, a reply or a failure.",
    footer = {
      "",
      "Examples:",
      "  conductor effects RunAgent",
      "  conductor effects --gdsl > conductor.gdsl"
    })
public final class EffectsCommand extends Subcommand {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "an effect, a reply or a failure")
  Optional<String> name = Optional.empty();

  @Option(names = "--markdown", description = "as the reference page of the documentation")
  boolean markdown;

  @Option(names = "--gdsl", description = "as a file by which IntelliJ completes scripts")
  boolean gdsl;

  @Override
  public Integer call() {
    var trust = new Trust(places());
    if (!trust.given()) {
      console()
          .warn("the project's effects are left out: it is not trusted, see 'conductor trust'");
    }
    Scripts.Known known = new Scripts(places()).effects(trust.given());
    Vocabulary vocabulary = known.vocabulary();
    List<Signature> effects = meant(vocabulary.signatures(), Signature::name);
    List<ControlForm> controls = meant(ControlForm.all(), ControlForm::name);
    List<DataType> replies = meant(DataType.replies(vocabulary.signatures()), DataType::name);
    List<DataType> failures = meant(DataType.failures(), DataType::name);
    var objects = new ArrayList<Object>();
    effects.forEach(
        effect -> objects.add(VocabularyJson.of(effect, origin(known.files().get(effect.name())))));
    controls.forEach(control -> objects.add(VocabularyJson.of(control)));
    Stream.of(replies, failures)
        .flatMap(List::stream)
        .forEach(type -> objects.add(VocabularyJson.of(type)));
    if (objects.isEmpty()) {
      throw unknown(vocabulary);
    }
    if (gdsl) {
      print(objects, Gdsl.file(effects));
      return Exit.OK;
    }
    print(
        objects,
        markdown
            ? EffectReference.page(effects, replies, failures)
            : lines(effects, controls, replies, failures));
    return Exit.OK;
  }

  private <T> List<T> meant(Collection<T> all, Function<T, String> named) {
    return all.stream()
        .filter(one -> name.isEmpty() || name.get().equals(named.apply(one)))
        .toList();
  }

  private static String origin(@Nullable Path file) {
    return file == null ? "built-in" : file.toString();
  }

  private UsageError unknown(Vocabulary vocabulary) {
    String wanted = name.orElse("");
    var words = new ArrayList<>(vocabulary.words());
    DataType.replies(vocabulary.signatures()).forEach(type -> words.add(type.name()));
    DataType.failures().forEach(type -> words.add(type.name()));
    return new UsageError(
        "there is no effect, reply or failure '%s'%s"
            .formatted(wanted, Nearest.hint(wanted, words)));
  }

  private List<String> lines(
      List<Signature> effects,
      List<ControlForm> controls,
      List<DataType> replies,
      List<DataType> failures) {
    var lines = new ArrayList<String>();
    effects.forEach(effect -> lines.addAll(lines(effect)));
    for (ControlForm control : controls) {
      lines.add(control.shape() + " -> " + control.reply());
      if (name.isPresent()) {
        lines.addAll(List.of("", control.about(), "", "  " + control.example()));
      }
    }
    if (name.isEmpty()) {
      lines.addAll(List.of("", "Replies: " + names(replies), "Failures: " + names(failures)));
    } else {
      Stream.of(replies, failures)
          .flatMap(List::stream)
          .forEach(type -> {
            lines.add(type.name() + (type.isFailure() ? ", a failure" : ", a reply"));
            lines.addAll(fields(type));
          });
    }
    return lines;
  }

  private static String names(List<DataType> types) {
    return types.stream().map(DataType::name).collect(Collectors.joining(", "));
  }

  private static List<String> fields(DataType type) {
    return type.fields().stream()
        .map(field -> "  " + Console.padded(field.toString(), 14) + " " + field.typeName())
        .toList();
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
    DataType.find(effect.replyType())
        .ifPresent(reply -> {
          lines.addAll(List.of("", "Reply: " + reply.name()));
          lines.addAll(fields(reply));
        });
    if (!effect.example().isEmpty()) {
      lines.addAll(List.of("", "  " + effect.example()));
    }
    return lines;
  }
}
