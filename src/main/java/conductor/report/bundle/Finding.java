package conductor.report.bundle;

/**
 * Something that is not as it was written.
 *
 * @param file its path: in a bundle, or on this machine
 * @param wrong what is wrong with it, for people
 * @param whenBundled whether it was so when the bundle was written, as its manifest says
 */
public record Finding(String file, String wrong, boolean whenBundled) {}
