package conductor.workflow;

import conductor.effect.Issue;
import conductor.script.Library;
import conductor.script.Session;
import conductor.script.Workflow;
import conductor.script.groovy.GroovySession;
import conductor.script.groovy.GroovyWorkflow;
import conductor.script.java.JavaSession;
import conductor.script.java.JavaWorkflow;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The languages in which workflows and sessions are written. */
public enum Language {
  GROOVY(".groovy"),
  JAVA(JavaSession.SUFFIX);

  private final String suffix;

  Language(String suffix) {
    this.suffix = suffix;
  }

  public String suffix() {
    return suffix;
  }

  /** Returns the language's name in lower case, as people type it and files store it. */
  public String spelt() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the language of a file by its suffix; Groovy for an unknown suffix. */
  public static Language of(String file) {
    return written(file).orElse(GROOVY);
  }

  /** Returns the language whose suffix a file's name has; empty when none matches. */
  static Optional<Language> written(String file) {
    return Arrays.stream(values()).filter(language -> file.endsWith(language.suffix)).findFirst();
  }

  static String withoutSuffix(String file) {
    return written(file)
        .map(language -> file.substring(0, file.length() - language.suffix.length()))
        .orElse(file);
  }

  /** Returns the language of a name; empty for an unknown one. */
  public static Optional<Language> spelt(String name) {
    return Arrays.stream(values()).filter(language -> language.spelt().equals(name)).findFirst();
  }

  /**
   * Compiles a workflow in the language of its file's suffix.
   *
   * @param name the file as the user gave it
   * @param library the files that it may import, and those that define effects
   * @throws conductor.script.ScriptErrors when it, or a file of the library that it needs, does not
   *     compile or fails its checks
   */
  public static Workflow compile(String name, String text, Library library) {
    return switch (of(name)) {
      case GROOVY -> GroovyWorkflow.compile(name, text, library);
      case JAVA -> JavaWorkflow.compile(name, text, library);
    };
  }

  /**
   * Creates a session in this language.
   *
   * @param library finds the file of an imported class by its relative path; may be asked more than
   *     once
   * @param effects the files that define effects
   * @param params the first variables, by name
   * @param issue the value of {@code issue}; null when none was given
   */
  public Session session(
      Function<String, Optional<Path>> library,
      List<Path> effects,
      Map<String, @Nullable Object> params,
      @Nullable Issue issue) {
    return switch (this) {
      case GROOVY -> new GroovySession(library, effects, params, issue);
      case JAVA -> new JavaSession(library, effects, params, issue);
    };
  }
}
