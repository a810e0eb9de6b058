package conductor.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.cli.view.CompletionScript;
import conductor.main.Main;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;

/** What the build kept of each command says what its annotations say. */
class CommandSyntaxTest {

  static Stream<String> commands() {
    return Main.commands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void holdsWhatTheAnnotationsSay(String name) {
    var annotated = new CommandLine(made(name));

    CommandSyntax kept = CommandSyntax.find(name).orElseThrow();

    assertThat(kept).isEqualTo(CommandSyntax.of(annotated));
    assertThat(described(kept.spec(made(name), new Object() {})))
        .isEqualTo(described(annotated.getCommandSpec()));
  }

  @Test
  void theScriptThatCompletesIsMadeOfTheAnnotations() {
    var all = new CommandLine(CommandSpec.create().name("conductor"));
    Main.commands().forEach((name, command) -> all.addSubcommand(name, command.get()));

    assertThat(CompletionScript.kept()).isEqualTo(CompletionScript.of(all));
  }

  @Test
  void refusesWhatItCannotHold() {
    @Command(name = "later")
    class Later {
      @Option(names = "--at", defaultValue = "noon")
      String at = "";
    }

    assertThatThrownBy(() -> CommandSyntax.of(new CommandLine(new Later())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Later.at");
  }

  private static Object made(String name) {
    return Objects.requireNonNull(Main.commands().get(name)).get();
  }

  /** All that decides how words are understood, of a command and of those below it. */
  private static List<String> described(CommandSpec spec) {
    Stream<String> own = spec.args().stream().map(CommandSyntaxTest::described).sorted();
    Stream<String> below =
        new TreeMap<>(spec.subcommands())
            .entrySet().stream()
                .flatMap(command ->
                    described(command.getValue().getCommandSpec()).stream()
                        .map(line -> command.getKey() + " " + line));
    return Stream.concat(own, below).toList();
  }

  private static String described(ArgSpec argument) {
    String place =
        switch (argument) {
          case OptionSpec option ->
              Arrays.toString(option.names()) + option.usageHelp() + option.fallbackValue();
          case PositionalParamSpec given -> given.index().toString();
          default -> throw new AssertionError(argument);
        };
    return "%s %s %s %s %s %s"
        .formatted(
            place,
            argument.arity(),
            argument.required(),
            argument.splitRegex(),
            argument.type(),
            Arrays.toString(argument.auxiliaryTypes()));
  }
}
