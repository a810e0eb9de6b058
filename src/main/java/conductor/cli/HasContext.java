package conductor.cli;

/** A command that knows its surroundings; its subcommands ask it for them. */
public interface HasContext {

  CommandContext context();
}
