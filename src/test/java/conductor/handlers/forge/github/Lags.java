package conductor.handlers.forge.github;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Shows a repository as it was a while ago. */
final class Lags {

  private final Map<String, Lag> single = new ConcurrentHashMap<>();
  private final Map<String, Rest.Reply> last = new HashMap<>();
  private final Map<String, Rest.Reply> past = new HashMap<>();
  private final Map<String, Integer> shown = new HashMap<>();
  private int reads;

  /** How often something is still to be shown as it was. */
  private record Lag(Map<String, Rest.Reply> before, int reads) {}

  /** Shows something as it was when it was last read, for the next reads that differ from that. */
  void add(String request, int times) {
    single.put(request, new Lag(new ConcurrentHashMap<>(), times));
  }

  /**
   * Shows everything as it is now, for the next reads of each thing that differ from that. What was
   * not read before is shown as it is then, and branches always are: those GitHub reads from git.
   */
  synchronized void all(int times) {
    past.clear();
    past.putAll(last);
    shown.clear();
    reads = times;
  }

  /**
   * The reply that is shown.
   *
   * @param isNew whether what is asked for was not there yet when everything began to lag
   */
  synchronized Rest.Reply shown(
      String request, String query, Rest.Reply now, BooleanSupplier isNew) {
    Lag lag = single.get(request);
    if (lag == null) {
      return request.matches("GET (?!/git/).*") ? shown(request + query, now, isNew) : now;
    }
    Rest.Reply before = lag.before().putIfAbsent(query, now);
    if (before == null || before.equals(now) || lag.reads() == 0) {
      return now;
    }
    single.put(request, new Lag(lag.before(), lag.reads() - 1));
    return before;
  }

  private Rest.Reply shown(String what, Rest.Reply now, BooleanSupplier isNew) {
    last.put(what, now);
    Rest.Reply before = isNew.getAsBoolean() ? Rest.NOT_FOUND : past.getOrDefault(what, now);
    return !before.equals(now) && shown.merge(what, 1, Integer::sum) <= reads ? before : now;
  }
}
