package conductor.effect;

/**
 * A pull request as people name it.
 *
 * @param text its number, with or without {@code #}, or its url
 */
public record PRReference(String text) {

  public static PRReference of(PRHandle pr) {
    return new PRReference(pr.url());
  }
}
