package conductor.main;

import conductor.cli.ClosedPipe;
import conductor.cli.CommandContext;
import conductor.cli.Exit;
import conductor.cli.view.Topic;
import conductor.effect.vocabulary.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * {@code conductor help}: what {@code --help} prints of a command, a topic, or both where they have
 * one name.
 *
 * @param commands the names of the commands
 * @param lines makes what executes a command line
 */
record Help(CommandContext context, Set<String> commands, Function<String[], CommandLine> lines) {

  /** What asks for help once more. */
  private static final Set<String> ITSELF = Set.of("help", "--help", "-h");

  /** Prints help about a command, with those below it, or a topic; returns the exit code. */
  int about(List<String> given) {
    List<String> words = given.stream().filter(word -> !ITSELF.contains(word)).toList();
    String name = words.isEmpty() ? "" : words.getFirst();
    boolean isCommand = commands.contains(name);
    Optional<Topic> topic = words.size() == 1 ? Topic.find(context.home(), name) : Optional.empty();
    if (!isCommand && topic.isEmpty() && !words.isEmpty()) {
      context.console().warn(unknown(name));
      return Exit.USAGE;
    }
    int code = Exit.OK;
    if (isCommand || words.isEmpty()) {
      String[] asked = Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new);
      code = lines.apply(asked).execute(asked);
    }
    try {
      topic.ifPresent(about -> {
        if (isCommand) {
          context.console().print("");
        }
        context.console().print(about.lines());
      });
      return code;
    } catch (ClosedPipe e) {
      return Exit.OK; // who reads has read enough
    }
  }

  private String unknown(String name) {
    List<String> topics = Topic.names(context.home());
    var known = new ArrayList<>(topics);
    known.addAll(commands);
    return OtherNames.hint(name)
        .orElseGet(() ->
            "there is no command and no topic '%s'%s; topics are %s"
                .formatted(name, Nearest.hint(name, known), String.join(", ", topics)));
  }
}
