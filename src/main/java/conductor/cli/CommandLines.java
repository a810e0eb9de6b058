package conductor.cli;

/** How the commands of conductor are called. */
@FunctionalInterface
public interface CommandLines {

  /** Executes a command line in these surroundings and returns its exit code; safe for threads. */
  int execute(CommandContext context, String... words);
}
