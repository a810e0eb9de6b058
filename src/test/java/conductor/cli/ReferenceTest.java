package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.main.Main;
import conductor.script.java.JavaWords;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The references are what the code says. {@code -Dgolden.write=true} writes them anew, to be looked
 * at before they are committed.
 */
class ReferenceTest {

  private static void assertGolden(String name, String text) throws Exception {
    assertGolden(Project.home().resolve(name), text);
  }

  static void assertGolden(Path file, String text) throws Exception {
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  private static CommandContext shell(ByteArrayOutputStream out) {
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    var console = new Console(stream, stream, false, false, false, false);
    return new CommandContext(console, Map.of("HOME", "/nowhere"), Path.of("/"), Project.home());
  }

  @Test
  void theEffectReferenceIsMadeFromTheEffects() throws Exception {
    var out = new ByteArrayOutputStream();

    assertThat(Main.run(shell(out), "effects", "--markdown")).isZero();

    assertGolden("docs/effects.md", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theSchemaOfTheConfigurationIsMadeFromItsKeys() throws Exception {
    var out = new ByteArrayOutputStream();

    assertThat(Main.run(shell(out), "config", "--schema")).isZero();

    assertGolden("docs/reference/config.schema.json", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theWordsOfJavaAreMadeFromTheEffects() throws Exception {
    assertGolden("src/main/java/conductor/script/java/JavaEffects.java", JavaWords.source());
  }

  @Test
  void theCommandReferenceIsMadeFromTheCommands() throws Exception {
    var lines = new ArrayList<String>();
    lines.addAll(
        List.of(
            "# Commands", "", "Made from the help of each command; a test keeps the two alike."));
    for (List<String> command : commands()) {
      var out = new ByteArrayOutputStream();
      var words = new ArrayList<>(command);
      words.add("--help");
      assertThat(Main.run(shell(out), words.toArray(String[]::new))).isZero();
      String help = out.toString(StandardCharsets.UTF_8).stripTrailing();
      lines.addAll(List.of("", "## " + String.join(" ", command), "", "```text"));
      lines.addAll(help.lines().map(String::stripTrailing).toList());
      lines.add("```");
    }
    lines.add("");
    assertGolden("docs/commands.md", String.join("\n", lines));
  }

  @Test
  void everyCommandsHelpShowsAnExample() {
    for (List<String> command : commands()) {
      var out = new ByteArrayOutputStream();
      var words = new ArrayList<>(command);
      words.add("--help");
      Main.run(shell(out), words.toArray(String[]::new));
      assertThat(out.toString(StandardCharsets.UTF_8))
          .as("%s", command)
          .contains("Example")
          .contains("conductor " + String.join(" ", command));
    }
  }

  /** Every command and subcommand that is shown to users. */
  static List<List<String>> commands() {
    var all = new ArrayList<List<String>>();
    Main.commands()
        .forEach((name, make) -> {
          var line = new CommandLine(make.get());
          if (!line.getCommandSpec().usageMessage().hidden()) {
            all.add(List.of(name));
            line.getSubcommands().keySet().forEach(below -> all.add(List.of(name, below)));
          }
        });
    return all;
  }
}
