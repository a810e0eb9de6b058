package conductor.script;

import conductor.effect.Issue;
import conductor.effect.Performer;
import conductor.effect.Program;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workflow in Java with its parameters. */
final class JavaProgram implements Program {

  private final String file;
  private final JavaCompiler.Compiled compiled;
  private final Map<String, @Nullable Object> params;
  private final @Nullable Issue issue;
  private final Frames frames;
  private final Explanation explanation;

  JavaProgram(
      String file,
      JavaCompiler.Compiled compiled,
      Map<String, @Nullable Object> params,
      @Nullable Issue issue,
      Frames frames,
      Explanation explanation) {
    this.file = file;
    this.compiled = compiled;
    this.params = params;
    this.issue = issue;
    this.frames = frames;
    this.explanation = explanation;
  }

  @Override
  public @Nullable Object run(Performer performer) throws Exception {
    var classes = new JavaClasses(file, compiled);
    return new JavaRun(performer, frames, params, issue).call(() -> run(classes));
  }

  private @Nullable Object run(JavaClasses classes) throws Exception {
    Object value = null;
    for (String call : compiled.calls()) {
      String[] words = call.split(" ", 2);
      value = called(classes.loadClass(words[0]), words[1]);
    }
    return compiled.hasValue() ? value : null;
  }

  private static @Nullable Object called(Class<?> type, String method) throws Exception {
    try {
      var code = type.getDeclaredMethod(method);
      code.setAccessible(true);
      return code.invoke(null);
    } catch (InvocationTargetException e) {
      throw sneaky(e.getTargetException());
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
    throw (E) error;
  }

  @Override
  public String explain(Throwable error) {
    return explanation.of(error);
  }
}
