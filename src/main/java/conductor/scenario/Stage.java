package conductor.scenario;

import conductor.effect.Coercion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The words of a rule: what it does and how it ends. Writes and deletions come about when the time
 * that it takes is over. An instance serves one effect, on one thread.
 */
public final class Stage {

  private final String asked;
  private final int nth;
  private final Map<String, String> files;
  private final Map<String, @Nullable String> changes = new LinkedHashMap<>();
  private final Ending ending = new Ending();

  /**
   * Returns a stage.
   *
   * @param asked the prompt, the command or the question; the effect's name for others
   * @param nth the how many-eth effect it is of those that its rule is for, from 1
   * @param files the files of the effect's worktree, by path; empty without one
   */
  public Stage(String asked, int nth, Map<String, String> files) {
    this.asked = asked;
    this.nth = nth;
    this.files = new TreeMap<>(files);
  }

  /** How a rule ended. Fields keep their start values where the rule says nothing. */
  public static final class Ending {

    public boolean replied;
    public @Nullable Object reply;
    public @Nullable Integer exitCode;
    public String output = "";
    public Duration took = Duration.ZERO;
    public @Nullable String failure;
    public Map<?, ?> fields = Map.of();
    public boolean hangs;
    public @Nullable String commit;

    private Ending() {}
  }

  /** Returns the prompt, the command or the question; the effect's name for others. */
  public String asked() {
    return asked;
  }

  /** Returns how often its rule met an effect, this one included. */
  public int nth() {
    return nth;
  }

  /** Writes a file of the worktree. */
  public void write(Object path, Object text) {
    String file = inside(path);
    files.put(file, text.toString());
    changes.put(file, text.toString());
  }

  /** Deletes a file of the worktree. */
  public void delete(Object path) {
    String file = inside(path);
    if (files.remove(file) == null) {
      throw new IllegalArgumentException("there is no file '%s' to delete".formatted(file));
    }
    changes.put(file, null);
  }

  public String read(Object path) {
    String text = files.get(inside(path));
    if (text == null) {
      throw new IllegalArgumentException(
          "there is no file '%s' to read; there are %s".formatted(path, files.keySet()));
    }
    return text;
  }

  public boolean exists(Object path) {
    return files.containsKey(inside(path));
  }

  /** Commits all changes of the worktree, as some agents do by themselves. */
  public void commit(Object message) {
    ending.commit = message.toString();
  }

  public void reply(@Nullable Object value) {
    ending.replied = true;
    ending.reply = value;
  }

  /** Says the same as {@link #reply}, of people. */
  public void answer(@Nullable Object value) {
    reply(value);
  }

  /** Ends a command. */
  public void exit(int code) {
    exit(code, "");
  }

  /** Ends a command that printed something. */
  public void exit(int code, Object output) {
    ending.exitCode = code;
    ending.output = output.toString();
  }

  /** Takes time, such as {@code '5m'}. */
  public void take(Object time) {
    ending.took = ending.took.plus(Coercion.duration(time));
  }

  /** Fails with a failure by name, or with a text. */
  public void fail(String failure) {
    fail(Map.of(), failure);
  }

  /** Fails with a failure by name, whose fields are given. */
  public void fail(Map<?, ?> fields, String failure) {
    ending.failure = failure;
    ending.fields = fields;
  }

  /** Never ends by itself. */
  public void hang() {
    ending.hangs = true;
  }

  /** Returns what was changed: the new texts, null for a file that is deleted. */
  public Map<String, @Nullable String> changes() {
    return changes;
  }

  public Ending ending() {
    return ending;
  }

  private static String inside(Object given) {
    Path path = Path.of(given.toString()).normalize();
    if (path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' leads out of the worktree; give a path inside it".formatted(given));
    }
    return path.toString();
  }
}
