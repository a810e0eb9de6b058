package conductor.handlers.agent.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a line of an agent tells. */
public sealed interface Event {

  /**
   * The program is up.
   *
   * @param session what the session is resumed by
   */
  record Opened(String session) implements Event {}

  /** A program that cannot begin: not logged in, a session that is gone, a wrong model. */
  record Unopened(Trouble trouble, String message) implements Event {}

  /** The agent works on prompts. */
  record Began(List<String> prompts) implements Event {
    public Began {
      prompts = List.copyOf(prompts);
    }
  }

  /** The agent says something; a whole message, or a piece of one that others go on with. */
  record Says(String text) implements Event {}

  /** The agent uses a tool. */
  record Calls(String id, String tool, String what) implements Event {}

  /**
   * A tool has ended.
   *
   * @param output the beginning of what it gave back
   */
  record Returns(String id, boolean ok, String output) implements Event {}

  /**
   * The agent changed a file.
   *
   * @param path as the program names it
   * @param diff lines that begin with a plus, a minus or a space; the first of very many
   */
  record Changes(String path, int added, int removed, List<String> diff) implements Event {
    public Changes {
      diff = List.copyOf(diff);
    }
  }

  /** The agent asks for a permission and waits. */
  record Asks(Permission permission) implements Event {}

  /** A permission was answered, or is not needed any more. */
  record Settled(String request) implements Event {}

  /** A message that was to steer came too late: its prompt is to be asked as a turn of its own. */
  record NotSteered(String prompt) implements Event {}

  /**
   * The agent's vendor makes it wait; it tries again by itself.
   *
   * @param until when, where that is said
   */
  record Waits(String why, @Nullable Instant until) implements Event {}

  /**
   * The program printed a line that is too long to be read.
   *
   * @param about how long it is, for people
   * @param missed whether the conversation cannot go on without it
   */
  record Unread(String about, boolean missed) implements Event {}

  /**
   * A turn is over.
   *
   * @param prompts those it answers: the one that began it and what steered it
   * @param usage what it used, and only it
   */
  record Ended(List<String> prompts, End end, Usage usage) implements Event {
    public Ended {
      prompts = List.copyOf(prompts);
    }
  }
}
