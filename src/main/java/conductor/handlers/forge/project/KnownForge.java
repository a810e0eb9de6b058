package conductor.handlers.forge.project;

import java.util.List;

/**
 * The facts about one forge, apart from how requests are made to it. Everything specific to one
 * forge is here, in its {@link Sites}, or in its {@link conductor.handlers.forge.Forge}. Immutable.
 *
 * @see KnownForges
 */
public interface KnownForge {

  /** Returns its name in the setting {@code forge.type}, such as {@code github}. */
  String name();

  /** Returns its name for messages. */
  String title();

  /** Returns the keys of the settings that only this forge uses, such as {@code forge.url}. */
  default List<String> settings() {
    return List.of();
  }

  /** Returns the variables of its tokens; processes that conductor starts do not get these. */
  default List<String> variables() {
    return List.of();
  }

  /** Returns those of these variables that {@code doctor} reports. */
  default List<String> usualVariables() {
    return List.of();
  }

  /**
   * Returns the sites of the forge for a project's configuration.
   *
   * @throws conductor.config.BadConfiguration when one of its settings has an invalid value
   */
  Sites sites(HostParts host);
}
