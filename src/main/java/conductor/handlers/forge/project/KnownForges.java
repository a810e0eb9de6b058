package conductor.handlers.forge.project;

import java.util.List;
import java.util.stream.Stream;

/** The forges that are known, by name. Who asks for one of them by its name asks here. */
public final class KnownForges {

  /** What keeps pull requests that no other forge keeps. */
  static final Local HERE = new Local();

  private static final List<KnownForge> ALL = List.of(HERE, new GitHub());

  /** Variables for forges that are not known, which agents may use. */
  private static final List<String> STRANGERS = List.of("GITLAB_TOKEN", "GITEA_TOKEN");

  private KnownForges() {}

  /** Returns all of them; of two that both know a remote the first is meant. */
  public static List<KnownForge> all() {
    return ALL;
  }

  /** Their names. */
  public static List<String> names() {
    return ALL.stream().map(KnownForge::name).toList();
  }

  /** Returns the variables that {@code doctor} tells of. */
  public static List<String> usualVariables() {
    return Stream.concat(
            ALL.stream().flatMap(forge -> forge.usualVariables().stream()), STRANGERS.stream())
        .toList();
  }
}
