package conductor.state;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that were asked for last, by their keys; of more than it holds the one that was asked
 * for longest ago goes. Does not read values: see {@link FileCache} for those of files. Safe for
 * use by several threads.
 */
public final class LruCache<K, V> {

  private final Map<K, V> values;

  /** Creates an empty cache of at most so many values. */
  public LruCache(int most) {
    this.values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** Returns the value of a key; null when there is none. */
  public synchronized @Nullable V get(K key) {
    return values.get(key);
  }

  public synchronized void put(K key, V value) {
    values.put(key, value);
  }
}
