package conductor.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the forms of pages ask for, each as the command that does it. */
final class Actions {

  private static final Commands.Done NO_TEXT = new Commands.Done(false, "Nothing was written.");

  private final Commands commands;

  Actions(Commands commands) {
    this.commands = commands;
  }

  /**
   * Performs what a form asks for at {@code /runs/RUN/ACTION}; empty when there is no such action.
   */
  Optional<Commands.Done> perform(PageRequest asked) {
    if (asked.path().size() != 3 || !asked.path().getFirst().equals("runs")) {
      return Optional.empty();
    }
    String run = asked.path().get(1);
    return switch (asked.path().getLast()) {
      case "answer" -> Optional.of(answer(run, asked));
      case "send" ->
          Optional.of(said(asked, "message", "send", "--", run + ":" + asked.field("agent")));
      case "stop" -> Optional.of(stop(run, asked.field("agent")));
      case "review" -> review(run, asked);
      case "resume" -> Optional.of(commands.perform(List.of("resume", "--detach", "--", run)));
      default -> Optional.empty();
    };
  }

  /** Sends remarks to an agent, or as the answer of a question. */
  private Optional<Commands.Done> review(String run, PageRequest asked) {
    String[] to = asked.field("to").split(" ", 2);
    if (to.length < 2) {
      return Optional.empty();
    }
    return switch (to[0]) {
      case "agent" -> Optional.of(said(asked, "text", "send", "--", run + ":" + to[1]));
      case "gate" -> Optional.of(said(asked, "text", "answer", "--at=" + to[1], "--", run));
      default -> Optional.empty();
    };
  }

  /**
   * What a person wrote is the value of an option or stands behind the options, never one itself.
   */
  private Commands.Done answer(String run, PageRequest asked) {
    var words = new ArrayList<>(List.of("answer", "--at=" + asked.field("position")));
    if (!asked.field("note").isEmpty()) {
      words.add("--note=" + asked.field("note"));
    }
    words.addAll(List.of("--", run));
    return said(asked, "answer", words.toArray(String[]::new));
  }

  private Commands.Done said(PageRequest asked, String field, String... before) {
    if (asked.field(field).isEmpty()) {
      return NO_TEXT;
    }
    var words = new ArrayList<>(List.of(before));
    words.add(asked.field(field).replace("\r\n", "\n"));
    return commands.perform(words);
  }

  private Commands.Done stop(String run, String agent) {
    return commands.perform(
        agent.isEmpty()
            ? List.of("stop", "--", run)
            : List.of("stop", "--agent=" + agent, "--", run));
  }
}
