package conductor.cli;

/** A command that knows its surroundings; its subcommands ask it for them. */
public interface Surrounded {

  /** Returns the command's surroundings. */
  Shell shell();
}
