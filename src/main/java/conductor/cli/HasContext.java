package conductor.cli;

/** A command that knows its surroundings; its subcommands ask it for them. */
public interface HasContext {

  /** Returns the command's surroundings. */
  CommandContext context();
}
