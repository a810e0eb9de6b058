package conductor.script.java;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Own;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Json;
import conductor.script.Param;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The declarations with which every workflow in Java begins. */
final class JavaPrelude {

  private JavaPrelude() {}

  /**
   * Returns the imports of every workflow, the methods of own effects, and the variables {@code
   * issue} and {@code params}.
   *
   * @param vocabulary the effects that the workflow may use
   */
  static List<String> of(Vocabulary vocabulary) {
    String effects = Effect.class.getPackageName();
    var imports =
        new ArrayList<String>(
            List.of(
                "import java.util.*;",
                "import java.time.*;",
                "import java.util.concurrent.Callable;",
                "import java.util.function.*;",
                "import java.util.stream.*;",
                "import java.nio.file.Path;",
                "import " + effects + ".*;",
                "import " + effects + ".Attempt.*;",
                "import static " + JavaEffects.class.getName() + ".*;",
                "import static " + JavaControls.class.getName() + ".*;",
                "import " + Json.class.getName() + ";",
                "import " + Param.class.getName() + ";"));
    Vocabulary.standard().signatures().stream()
        .map(signature -> signature.type().getEnclosingClass().getName())
        .distinct()
        .forEach(family -> imports.add("import " + family + ".*;"));
    Stream.of(Failure.class.getPermittedSubclasses())
        .filter(Class::isSealed)
        .forEach(family -> imports.add("import " + family.getName() + ".*;"));
    vocabulary.signatures().stream()
        .filter(signature -> signature.type() == Own.class)
        .forEach(signature -> imports.addAll(OwnWords.of(signature)));
    imports.add("Issue issue = issueGiven();");
    imports.add("Map<String, Object> params = paramsGiven();");
    return imports;
  }

  /** Returns the class path on which the compiler finds the imports. */
  static String classPath() {
    return Stream.of(Effect.class, JavaEffects.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .distinct()
            .collect(Collectors.joining(File.pathSeparator))
        + File.pathSeparator
        + System.getProperty("java.class.path");
  }
}
