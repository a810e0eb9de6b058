package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.vocabulary.Vocabulary;
import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file for IntelliJ is Groovy, and tells of every word with types that there are. */
class GdslTest {

  @TempDir private Path temp;

  /** What IntelliJ gives a GDSL file: the calls are kept. */
  public abstract static class Calls extends Script {

    final List<Map<String, ?>> methods = new ArrayList<>();
    final List<Map<String, ?>> properties = new ArrayList<>();

    public Map<String, ?> context(Map<String, ?> of) {
      return of;
    }

    public String scriptScope() {
      return "scripts";
    }

    public void contributor(Map<String, ?> context, Closure<?> body) {
      assertThat(context.get("scope")).isEqualTo("scripts");
      body.setDelegate(this);
      body.call();
    }

    public void method(Map<String, ?> method) {
      methods.add(method);
    }

    public void property(Map<String, ?> property) {
      properties.add(property);
    }

    public Map<String, ?> parameter(Map<String, ?> parameter) {
      return parameter;
    }
  }

  private static Calls calls(String text) {
    var settings = new org.codehaus.groovy.control.CompilerConfiguration();
    settings.setScriptBaseClass(Calls.class.getName());
    var shell = new GroovyShell(GdslTest.class.getClassLoader(), new Binding(), settings);
    var script = (Calls) shell.parse(text);
    script.run();
    return script;
  }

  private static void assertType(@Nullable Object name) throws ClassNotFoundException {
    String type = String.valueOf(name);
    if (type.contains(".")) {
      assertThat(nested(type)).isNotNull();
    } else {
      assertThat(type).isIn("boolean", "int", "long", "double");
    }
  }

  private static Class<?> nested(String name) throws ClassNotFoundException {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      int dot = name.lastIndexOf('.');
      if (dot < 0 || !Character.isUpperCase(name.charAt(dot + 1))) {
        throw e;
      }
      return nested(name.substring(0, dot) + "$" + name.substring(dot + 1));
    }
  }

  @Test
  void tellsOfEveryWordWithTypesThatThereAre() throws Exception {
    Project project = Project.withoutRepository(temp);
    Files.createDirectories(project.repo.resolve(".conductor/lib"));

    Calls told = calls(project.conductor("effects", "--gdsl").ok().out());

    var names = new TreeSet<String>();
    for (Map<String, ?> method : told.methods) {
      names.add(String.valueOf(method.get("name")));
      assertType(method.get("type"));
      assertThat(String.valueOf(method.get("doc"))).isNotBlank();
      if (method.get("namedParams") instanceof List<?> parameters) {
        for (Object parameter : parameters) {
          assertType(((Map<?, ?>) parameter).get("type"));
        }
      }
    }
    assertThat(names)
        .containsAll(Vocabulary.standard().words())
        .contains("yield", "perform", "handling");
    assertThat(told.properties).extracting("name").containsExactly("issue", "params");
  }
}
