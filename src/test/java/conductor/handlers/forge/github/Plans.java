package conductor.handlers.forge.github;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;

/** Which requests go wrong, each of the plans once, and all requests so far. */
final class Plans {

  private final List<Plan> plans = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /**
   * @param when by the request's number, which counts from 1, and by method, blank and path
   */
  private record Plan(BiPredicate<Integer, String> when, Fault fault) {}

  void add(BiPredicate<Integer, String> when, Fault fault) {
    plans.add(new Plan(when, fault));
  }

  boolean isEmpty() {
    return plans.isEmpty();
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Notes a request, and what goes wrong with it. */
  synchronized Optional<Fault> next(String request) {
    requests.add(request);
    for (Plan plan : plans) {
      if (plan.when().test(requests.size(), request) && plans.remove(plan)) {
        return Optional.of(plan.fault());
      }
    }
    return Optional.empty();
  }
}
