package conductor.modelserver;

import java.util.UUID;

/** Ids that a model gives to what it answers. */
final class Ids {

  private Ids() {}

  static String fresh(String prefix) {
    return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
  }
}
