package conductor.script.java;

import conductor.effect.Issue;
import conductor.effect.Performer;
import conductor.effect.Program;
import conductor.script.Frames;
import conductor.script.KnownEffects;
import conductor.script.groovy.Explanation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The program of a compiled workflow in Java with its parameters and issue. */
record JavaProgram(
    JavaCompiler.Compiled compiled,
    KnownEffects effects,
    Map<String, @Nullable Object> params,
    @Nullable Issue issue,
    Frames frames,
    Explanation explanation)
    implements Program {

  @Override
  public @Nullable Object run(Performer performer) throws Exception {
    var classes = new JavaClasses(compiled.types(), false);
    compiled.wrapped().forEach(classes::place);
    return new JavaRun(performer, effects, frames, params, issue).call(() -> run(classes));
  }

  private @Nullable Object run(JavaClasses classes) throws Exception {
    for (String call : compiled.beginning()) {
      classes.call(call);
    }
    Object value = null;
    for (JavaStep step : compiled.steps()) {
      Object made = classes.run(step);
      if (made instanceof Returned(var returned)) {
        return returned;
      }
      value = step.hasValue ? made : null;
    }
    return value;
  }

  @Override
  public String explain(Throwable error) {
    return explanation.of(error);
  }
}
