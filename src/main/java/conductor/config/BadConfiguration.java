package conductor.config;

/** A configuration that cannot be used: says where and what. */
public final class BadConfiguration extends RuntimeException {
  public BadConfiguration(String message) {
    super(message);
  }
}
