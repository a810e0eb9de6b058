package conductor.script.java;

import conductor.script.Forgetting;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * The definitions of a session in Java that are in force.
 *
 * @param lock held while the shell is used
 * @param entered whether a definition was entered, and not given by the run's start
 */
record JavaDefinitions(Object lock, JShell shell, Predicate<Snippet> entered) {

  /** Forgets all that was entered under a name, or everything. */
  void forget(Forgetting what) {
    synchronized (lock) {
      shell
          .snippets()
          .filter(entered)
          .filter(one -> isMeant(what, one))
          .toList()
          .forEach(shell::drop);
    }
  }

  private static boolean isMeant(Forgetting what, Snippet snippet) {
    return switch (what) {
      case Forgetting.Name(var name) -> name(snippet).anyMatch(name::equals);
      case Forgetting.All _ -> true;
    };
  }

  private static Stream<String> name(Snippet snippet) {
    return snippet instanceof DeclarationSnippet declaration
        ? Stream.of(declaration.name())
        : Stream.empty();
  }

  /** Returns the names of variables, methods and classes. */
  List<String> names() {
    synchronized (lock) {
      return shell
          .snippets()
          .filter(snippet -> entered.test(snippet) && shell.status(snippet).isActive())
          .flatMap(JavaDefinitions::name)
          .filter(name -> !name.startsWith("$"))
          .distinct()
          .toList();
    }
  }

  List<String> imports() {
    synchronized (lock) {
      return shell
          .imports()
          .filter(entered)
          .map(one -> one.source().strip().replaceFirst(";$", ""))
          .toList();
    }
  }
}
