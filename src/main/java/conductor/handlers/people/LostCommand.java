package conductor.handlers.people;

import java.util.List;

/** The question about a command that was lost with the host, which {@code on_crash: 'ask'} asks. */
public final class LostCommand {

  /** The question, as its note in the journal has it. */
  public static final String QUESTION = "The command was lost with the host. Run it again?";

  /** The answers to it; the first has the command run again. */
  public static final List<String> ANSWERS = List.of("rerun", "fail");

  private LostCommand() {}
}
