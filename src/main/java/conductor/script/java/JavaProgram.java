package conductor.script.java;

import conductor.effect.Issue;
import conductor.effect.Performer;
import conductor.effect.Program;
import conductor.script.KnownEffects;
import conductor.script.groovy.Explanation;
import conductor.script.groovy.Sources;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled workflow in Java with its parameters and issue. */
record JavaProgram(
    CompiledSnippets compiled,
    KnownEffects effects,
    Map<String, @Nullable Object> params,
    @Nullable Issue issue,
    String name,
    Sources sources)
    implements Program {

  @Override
  public @Nullable Object run(Performer performer) throws Exception {
    var classes = new JavaClasses(compiled.parts().classes()::get);
    return new JavaRun(performer, effects, sources.frames(), params, issue)
        .call(() -> run(classes));
  }

  private @Nullable Object run(JavaClasses classes) throws Exception {
    for (String call : compiled.beginning()) {
      classes.call(call);
    }
    Object value = null;
    for (JavaEvaluation evaluation : compiled.evaluations()) {
      Object made = classes.run(evaluation);
      if (made instanceof Returned(var returned)) {
        return returned;
      }
      value = evaluation.hasValue() ? made : null;
    }
    return value;
  }

  @Override
  public String explain(Throwable error) {
    return new Explanation(name, sources).of(error);
  }
}
