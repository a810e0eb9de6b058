package conductor.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario of a test file: the world in which a workflow runs, and what is expected of it.
 * Running it changes nothing in it, so that it can be run any number of times.
 *
 * @param name as the file says it
 * @param file as the user gave it
 * @param line where it begins, counted from 1
 * @param issue title, body, labels and metadata of the issue; null without one
 * @param files the files of the repository at the start, by path
 * @param pulls the pull requests that are open at the start, in the order of their numbers
 * @param rules what agents, commands and people do; of several that match the first one counts
 * @param trouble what happens to the run besides
 * @param launch the workflow to run
 * @param expectations what must hold when it has ended
 * @param invariants what must hold when it has ended, whatever failed
 */
public record Scenario(
    String name,
    String file,
    int line,
    @Nullable Map<String, Object> issue,
    Map<String, String> files,
    List<OpenPull> pulls,
    List<Rule> rules,
    Trouble trouble,
    Launch launch,
    List<Expectation> expectations,
    List<Expectation> invariants) {

  /**
   * A workflow with its parameters.
   *
   * @param workflow the name of a file beside the test, of a template, or a path
   */
  public record Launch(String workflow, Map<String, ? extends @Nullable Object> params) {}

  /**
   * A pull request that somebody opened before.
   *
   * @param files the files that its branch changes, by path
   */
  public record OpenPull(String title, String branch, Map<String, String> files) {
    public OpenPull {
      files = Map.copyOf(files);
    }
  }

  /**
   * What happens to a run from outside.
   *
   * @param order the seed of the order in which things come about at one moment; 0 for the order in
   *     which they were asked for
   * @param kills after how many records of its journal the process is killed; the run is resumed
   *     each time
   */
  public record Trouble(long order, List<Integer> kills) {

    public static final Trouble NONE = new Trouble(0, List.of());

    public Trouble {
      kills = kills.stream().sorted().distinct().toList();
    }
  }

  /** Something that must hold when the workflow has ended. */
  public interface Expectation {

    /** Throws an {@link AssertionError} that says what does not hold. */
    void check(Outcome outcome);
  }

  public Scenario {
    files = Map.copyOf(files);
    pulls = List.copyOf(pulls);
    rules = List.copyOf(rules);
    expectations = List.copyOf(expectations);
    invariants = List.copyOf(invariants);
    issue = issue == null ? null : new LinkedHashMap<>(issue);
  }

  /** Returns the line of its file in which an error came about; empty when none is known. */
  public OptionalInt lineOf(Throwable error) {
    return lineIn(error, file);
  }

  /** Returns the line of a file in which an error came about; empty when none is known. */
  public static OptionalInt lineIn(Throwable error, String file) {
    String name = file.substring(file.lastIndexOf('/') + 1); // which is all that classes keep
    return Stream.of(error.getStackTrace())
        .filter(frame -> file.equals(frame.getFileName()) || name.equals(frame.getFileName()))
        .mapToInt(StackTraceElement::getLineNumber)
        .filter(line -> line > 0)
        .findFirst();
  }

  /** Returns the same scenario in which other things happen: rules that win over its own. */
  public Scenario with(Trouble other, List<Rule> first, List<Expectation> expected) {
    return new Scenario(
        name,
        file,
        line,
        issue,
        files,
        pulls,
        Stream.concat(first.stream(), rules.stream()).toList(),
        other,
        launch,
        expected,
        invariants);
  }
}
