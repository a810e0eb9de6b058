package conductor.cli;

/** A command that knows what surrounds it; those below it ask it. */
public interface Surrounded {

  /** Returns what the process gave to the command. */
  Shell shell();
}
