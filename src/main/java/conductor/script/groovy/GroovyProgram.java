package conductor.script.groovy;

import conductor.effect.Issue;
import conductor.effect.Performer;
import conductor.effect.Program;
import groovy.lang.Binding;
import groovy.lang.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** The program of a compiled Groovy script with its parameters and issue. */
record GroovyProgram(
    Class<?> script,
    List<Class<?>> effects,
    Map<String, @Nullable Object> params,
    @Nullable Issue issue,
    ScriptRuntime runtime,
    Explanation explanation)
    implements Program {

  @Override
  public @Nullable Object run(Performer performer) {
    var variables = new LinkedHashMap<String, @Nullable Object>(params);
    variables.put("params", new LinkedHashMap<>(params));
    variables.put("issue", issue);
    Script main = InvokerHelper.createScript(script, new Binding(variables));
    var instances = new LinkedHashMap<String, Object>();
    effects.forEach(
        type -> instances.put(type.getName(), InvokerHelper.createScript(type, new Binding())));
    instances.put(script.getName(), main);
    runtime.by(performer, instances);
    return main.run();
  }

  @Override
  public String explain(Throwable error) {
    return explanation.of(error);
  }
}
