package conductor.handlers.forge.project;

import static org.assertj.core.api.Assertions.assertThat;

/** What every description of a forge holds to, also one that is only in a page. */
public final class ForgeDescription {

  private ForgeDescription() {}

  /** Fails where something is missing, or not as who asks for it expects. */
  public static void isWhole(KnownForge forge) {
    assertThat(forge.name()).matches("[a-z][a-z0-9]*");
    assertThat(forge.title()).isNotBlank();
    assertThat(forge.settings()).allMatch(key -> key.matches("forge\\.[a-z_]+"));
    assertThat(forge.variables()).allMatch(name -> name.matches("[A-Z][A-Z_]+"));
    assertThat(forge.variables()).containsAll(forge.usualVariables());
  }
}
