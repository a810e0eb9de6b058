package conductor.script.groovy;

import conductor.scenario.Scenario;
import conductor.script.Finding;
import conductor.script.ScriptErrors;
import groovy.lang.Binding;
import groovy.lang.GroovyCodeSource;
import groovy.lang.GroovyShell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.customizers.ImportCustomizer;

/** Reads test files: Groovy scripts that tell scenarios of workflows. */
public final class GroovyScenarios {

  private GroovyScenarios() {}

  /**
   * Runs a test file, which tells its scenarios, and returns them in order. None of them is run.
   *
   * @param name the file as the user gave it
   * @param directory the one that it is in
   * @throws ScriptErrors when it does not compile, when it throws, when it tells something that
   *     does not make sense, or tells two scenarios of one name
   */
  public static List<Scenario> read(String name, String text, Path directory) {
    RecordProperties.install();
    var imports = new ImportCustomizer();
    GroovyCompiler.addData(imports);
    var configuration = CompileTimeRefusal.configuration();
    configuration.setScriptBaseClass(ScenarioScript.class.getName());
    configuration.addCompilationCustomizers(
        new CompileTimeRefusal(), imports, new ExpectedStatements());
    var shell =
        new GroovyShell(GroovyScenarios.class.getClassLoader(), new Binding(), configuration);
    var sources = new Sources();
    sources.add(name, text);
    try {
      var script = (ScenarioScript) shell.parse(new GroovyCodeSource(text, name, "/conductor"));
      script.enter(name, directory);
      script.run();
      return unique(script.told());
    } catch (MultipleCompilationErrorsException e) {
      throw new ScriptErrors(CompilerErrors.findings(e, name, sources));
    } catch (ScenarioScript.Untold e) {
      throw new ScriptErrors(
          List.of(sources.finding(true, name, e.line, 1, String.valueOf(e.getMessage()))));
    }
  }

  private static List<Scenario> unique(List<Scenario> told) {
    Map<String, List<Scenario>> named =
        told.stream().collect(Collectors.groupingBy(Scenario::name));
    var twice = new ArrayList<Finding>();
    named.forEach((name, same) ->
        same.stream()
            .skip(1)
            .map(again ->
                new Finding(
                    true,
                    again.file(),
                    again.line(),
                    1,
                    "there is a scenario '%s' already, in line %d; give it another name"
                        .formatted(name, same.getFirst().line()),
                    ""))
            .forEach(twice::add));
    ScriptErrors.refuse(twice);
    return told;
  }
}
