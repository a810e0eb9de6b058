package conductor.script.groovy;

import conductor.error.UserError;
import conductor.scenario.Scenario;
import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The base class of test files: {@code scenario(name) { ... }} tells one. */
public abstract class ScenarioScript extends Script {

  private final List<Scenario> told = new ArrayList<>();
  private String file = "";
  private Path directory = Path.of("");

  void enter(String name, Path within) {
    this.file = name;
    this.directory = within;
  }

  List<Scenario> told() {
    return List.copyOf(told);
  }

  /** Says that something in a test file makes no sense, and where. */
  static final class Untold extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int line;

    Untold(String message, int line, Throwable cause) {
      super(message, cause);
      this.line = line;
    }
  }

  public void scenario(Object name, Closure<?> body) {
    int line = Scenario.lineIn(new Throwable(), file).orElse(1);
    var words = new ScenarioWords(file, directory);
    var telling = (Closure<?>) body.clone();
    telling.setDelegate(words);
    telling.setResolveStrategy(Closure.DELEGATE_FIRST);
    try {
      telling.call();
      told.add(words.scenario(name.toString(), line));
    } catch (MissingMethodException e) {
      throw new Untold(
          "a scenario has no word '%s'; it has issue, file, pull, recorded, agent, command, person, effect, order, kill, run, expect, always"
              .formatted(e.getMethod()),
          Scenario.lineIn(e, file).orElse(1),
          e);
    } catch (UserError | Untold e) {
      throw e;
    } catch (RuntimeException e) {
      throw new Untold(
          "the scenario '%s': %s".formatted(name, Objects.requireNonNullElse(e.getMessage(), e)),
          Math.max(line, Scenario.lineIn(e, file).orElse(1)),
          e);
    }
  }
}
