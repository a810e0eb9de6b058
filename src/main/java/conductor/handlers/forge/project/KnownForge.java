package conductor.handlers.forge.project;

import java.util.List;

/**
 * All that is known of one forge beside how it is spoken to. What conductor does for one forge and
 * not for another stands here, in its {@link Sites}, or in its {@link
 * conductor.handlers.forge.Forge}. Immutable.
 *
 * @see KnownForges
 */
public interface KnownForge {

  /** Returns what {@code forge.type} calls it, such as {@code github}. */
  String name();

  /** Returns what people call it. */
  String title();

  /** Returns the settings that are for it, such as {@code forge.url}. */
  default List<String> settings() {
    return List.of();
  }

  /**
   * Returns the variables that hold its tokens; no process that conductor starts gets to see them.
   */
  default List<String> variables() {
    return List.of();
  }

  /** Returns those of them that {@code doctor} tells of. */
  default List<String> usualVariables() {
    return List.of();
  }

  /**
   * Returns where it keeps pull requests, as a project knows it.
   *
   * @throws conductor.config.BadConfiguration when one of its settings has a value that it cannot
   *     have
   */
  Sites sites(Surroundings around);
}
