package conductor.handlers.forge.project;

import java.util.List;
import java.util.stream.Stream;

/** The registry of known forges by name. */
public final class KnownForges {

  /** The forge for repositories that belong to no other forge. */
  static final Local HERE = new Local();

  private static final List<KnownForge> ALL = List.of(HERE, new GitHub());

  /** Token variables of forges that conductor does not support, which agents may use. */
  private static final List<String> STRANGERS = List.of("GITLAB_TOKEN", "GITEA_TOKEN");

  private KnownForges() {}

  /** Returns all known forges; where two match a remote, the first is chosen. */
  public static List<KnownForge> all() {
    return ALL;
  }

  /** Returns the names of all known forges. */
  public static List<String> names() {
    return ALL.stream().map(KnownForge::name).toList();
  }

  /** Returns the token variables that {@code doctor} reports. */
  public static List<String> usualVariables() {
    return Stream.concat(
            ALL.stream().flatMap(forge -> forge.usualVariables().stream()), STRANGERS.stream())
        .toList();
  }
}
