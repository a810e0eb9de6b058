package conductor.effect.vocabulary;

import conductor.effect.About;
import conductor.effect.Control;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The form in which a control is written in a script, for documentation.
 *
 * @param shape the name with its arguments
 * @param reply description of the reply
 */
public record ControlForm(String name, String shape, String reply, String about, String example) {

  private static final Map<String, List<String>> SHAPES =
      Map.of(
          "Gather",
              List.of("Gather(list or name: ..., fail_fast?)", "the replies in order, or by name"),
          "Race", List.of("Race(list or name: ...)", "the first reply"),
          "Spawn", List.of("Spawn(effect or closure)", "Task"),
          "Wait", List.of("Wait(task)", "the task's reply"),
          "Try", List.of("Try(effect or closure)", "Ok(value) or Err(failure)"),
          "handling",
              List.of(
                  "handling(Effect: { effect, perform -> ... }, ...) { ... }",
                  "the block's value"));

  /** Returns all controls, in the order in which they are declared. */
  public static List<ControlForm> all() {
    return Stream.of(Control.class.getPermittedSubclasses()).map(ControlForm::of).toList();
  }

  private static ControlForm of(Class<?> type) {
    String name = type == Control.Handled.class ? "handling" : type.getSimpleName();
    List<String> shape = Objects.requireNonNull(SHAPES.get(name), name);
    About about = Objects.requireNonNull(type.getAnnotation(About.class), name);
    return new ControlForm(name, shape.get(0), shape.get(1), about.value(), about.example());
  }
}
