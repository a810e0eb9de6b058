package conductor.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows which components of records may be null: those that are {@code @Nullable}. The first
 * annotation that a process reads makes the JVM generate code, which takes longer than all else
 * that is read; so the build keeps a file that says it of conductor's records ({@code
 * src/main/build/KeepAnnotations.java}).
 */
public final class Nullness {

  /** The file's name, beside this class: a line for each record, its class and what may be null. */
  public static final String FILE = "nullable.txt";

  private static final Map<String, List<String>> KEPT = kept();

  private Nullness() {}

  static boolean mayBeNull(RecordComponent part) {
    List<String> nullable = KEPT.get(part.getDeclaringRecord().getName());
    return nullable == null ? isMarked(part) : nullable.contains(part.getName());
  }

  private static boolean isMarked(RecordComponent part) {
    return part.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** Returns the file's line for a record. */
  public static String line(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(Nullness::isMarked)
        .map(RecordComponent::getName)
        .collect(Collectors.joining(" ", type.getName() + " ", ""));
  }

  private static Map<String, List<String>> kept() {
    var kept = new HashMap<String, List<String>>();
    try (InputStream file = Nullness.class.getResourceAsStream(FILE)) {
      if (file != null) {
        var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          String[] words = line.split(" ", -1);
          kept.put(words[0], List.of(words).subList(1, words.length));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kept;
  }
}
