package conductor.script.groovy;

import conductor.script.Finding;
import conductor.script.ScriptErrors;
import conductor.script.ScriptedTurn;
import groovy.lang.Binding;
import groovy.lang.GroovyCodeSource;
import groovy.lang.GroovyShell;
import java.util.LinkedHashMap;
import java.util.List;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Groovy script that plays an agent. Such a script is no workflow: nothing is journaled or
 * checked.
 */
public final class Play {

  private Play() {}

  /**
   * Plays one turn.
   *
   * @param name the script's file, for errors
   * @return the value of the script's last expression
   * @throws ScriptErrors when it does not compile
   * @throws AgentScript.Fails when the script makes the agent fail
   */
  public static @Nullable Object turn(String name, String text, ScriptedTurn stage) {
    var configuration = CompileTimeRefusal.configuration();
    configuration.addCompilationCustomizers(new CompileTimeRefusal());
    configuration.setScriptBaseClass(AgentScript.class.getName());
    var variables = new LinkedHashMap<String, @Nullable Object>(stage.variables());
    variables.put("prompt", stage.prompt());
    var shell = new GroovyShell(Play.class.getClassLoader(), new Binding(variables), configuration);
    try {
      // named so that no variable of the script is taken for its class
      var source = new GroovyCodeSource(text, "ScriptedAgent.groovy", "/conductor");
      var script = (AgentScript) shell.parse(source);
      script.enter(stage);
      return script.run();
    } catch (MultipleCompilationErrorsException e) {
      throw new ScriptErrors(
          List.of(new Finding(true, name, 1, 1, String.valueOf(e.getMessage()), "")));
    }
  }
}
