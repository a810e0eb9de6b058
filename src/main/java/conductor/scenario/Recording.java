package conductor.scenario;

import conductor.state.AtomicFile;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What agents, commands and people did in a real run, so that it happens again in a scenario. It is
 * kept in a JSON file beside the test. It holds the texts of files that were changed, as they were
 * then: other files of the repository are not in it.
 *
 * @param v the format
 * @param run the id of the run
 * @param issue title, body, labels and metadata of the issue; null without one
 * @param files the files as they were at the start, by path
 * @param turns of agents, in the order in which they began
 * @param commands in the order in which they began, those of {@code Verify} too
 * @param answers of people, in the order of their questions
 * @param effects how other effects ended which a simulation cannot know
 * @param missing what is not in it, a line each
 */
public record Recording(
    int v,
    String run,
    @Nullable Map<String, Object> issue,
    Map<String, String> files,
    List<Turn> turns,
    List<Ran> commands,
    List<Answer> answers,
    List<Ended> effects,
    List<String> missing) {

  public static final int FORMAT = 1;

  /** A failure, by its name, with its fields. */
  public record Failed(String name, Map<String, @Nullable Object> fields) {}

  /**
   * A turn of an agent.
   *
   * @param name the agent's name in the workflow; empty without one
   * @param changes what it made of files, by path; null for one that it deleted
   * @param commit the message of what it committed itself; null when it left that to others
   */
  public record Turn(
      String name,
      String prompt,
      @Nullable Object reply,
      @Nullable Failed failure,
      Map<String, @Nullable String> changes,
      @Nullable String commit) {}

  /** A command that was run, and what it made of files. */
  public record Ran(
      String command,
      @Nullable String dir,
      int exitCode,
      String output,
      @Nullable Failed failure,
      Map<String, @Nullable String> changes) {}

  /** An answer to a question; null where nobody gave one in time. */
  public record Answer(String question, @Nullable String answer) {}

  /**
   * The end of an effect.
   *
   * @param nth the how many-eth of its kind it was, from 1
   * @param reply the parts of the reply that are known, or the reply itself
   */
  public record Ended(String effect, int nth, @Nullable Object reply, @Nullable Failed failure) {}

  /** Reads a file; throws {@link UnreadableState} where it is missing or none. */
  public static Recording read(Path file) {
    try {
      return StateJson.document(file.toString(), Files.readAllBytes(file), Recording.class, FORMAT);
    } catch (NoSuchFileException e) {
      throw new UnreadableState(
          "there is no recording %s; 'conductor test --record RUN' makes one".formatted(file));
    } catch (IOException e) {
      throw new UnreadableState("the recording %s cannot be read: %s".formatted(file, e));
    }
  }

  /**
   * Returns the rules by which all of it happens again.
   *
   * @param prompts whether an agent must be asked what it was asked then
   * @param line where the test file says that there is a recording, counted from 1
   */
  public List<Rule> rules(boolean prompts, int line) {
    return new RecordedRules(this, prompts, line).all();
  }

  /** Writes it to a file, which is replaced. */
  public void write(Path file) {
    AtomicFile.write(file, StateJson.pretty(this) + "\n", file.resolveSibling("." + run + ".new"));
  }
}
