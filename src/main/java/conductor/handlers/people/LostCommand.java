package conductor.handlers.people;

import java.util.List;

/** The question that {@code on_crash: 'ask'} asks about a command that was lost with the host. */
public final class LostCommand {

  /** The text of the question, also in its journal note. */
  public static final String QUESTION = "The command was lost with the host. Run it again?";

  /** The possible answers; the first one runs the command again. */
  public static final List<String> ANSWERS = List.of("rerun", "fail");

  private LostCommand() {}
}
