package conductor.handlers.agent.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event that a line of an agent program reports. */
public sealed interface Event {

  /**
   * The session is open.
   *
   * @param session the id that the session is resumed by
   */
  record Opened(String session) implements Event {}

  /**
   * The session could not be opened, such as without a login, for a session that is gone, or with a
   * wrong model.
   */
  record Unopened(FailureKind trouble, String message) implements Event {}

  /** The agent began to work on prompts. */
  record Began(List<String> prompts) implements Event {
    public Began {
      prompts = List.copyOf(prompts);
    }
  }

  /** The agent prints a message, or a part of one that further events continue. */
  record Says(String text) implements Event {}

  /** The agent calls a tool. */
  record Calls(String id, String tool, String what) implements Event {}

  /**
   * A tool call ended.
   *
   * @param output the beginning of the tool's output
   */
  record Returns(String id, boolean ok, String output) implements Event {}

  /**
   * The agent changed a file.
   *
   * @param path the file's path as the program gives it
   * @param diff lines that begin with a plus, a minus or a space; shortened when there are very
   *     many
   */
  record Changes(String path, int added, int removed, List<String> diff) implements Event {
    public Changes {
      diff = List.copyOf(diff);
    }
  }

  /** The agent asks for a permission and waits for the answer. */
  record Asks(Permission permission) implements Event {}

  /** A permission request was answered, or is not needed any more. */
  record Settled(String request) implements Event {}

  /** A message came too late to be added to a turn: it has to be sent as a prompt of its own. */
  record NotSteered(String prompt) implements Event {}

  /**
   * The agent waits for its vendor and tries again by itself.
   *
   * @param until the end of the wait; null when it is not known
   */
  record Waits(String why, @Nullable Instant until) implements Event {}

  /**
   * The program printed a line that is too long to be read.
   *
   * @param about a message that tells how long the line is
   * @param missed whether the conversation cannot continue without the line
   */
  record Unread(String about, boolean missed) implements Event {}

  /**
   * A turn ended.
   *
   * @param prompts the ids of the prompt that began it and of the messages that were added to it
   * @param usage the usage of this turn alone
   */
  record Ended(List<String> prompts, End end, Usage usage) implements Event {
    public Ended {
      prompts = List.copyOf(prompts);
    }
  }
}
