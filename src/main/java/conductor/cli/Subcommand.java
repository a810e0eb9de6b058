package conductor.cli;

import conductor.config.Configuration;
import conductor.config.Places;
import conductor.config.Trust;
import conductor.effect.Coercion;
import conductor.effect.GitFailure;
import conductor.handlers.git.Git;
import conductor.handlers.git.Repository;
import conductor.handlers.issue.Vault;
import conductor.run.execution.Conductor;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStore;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The base class of commands: common options, and access to state, configuration and output. */
@Command(sortOptions = false)
public abstract class Subcommand implements Callable<Integer> {

  private static final int LONGEST_PATH = 4096;

  /** A point in time; without an offset it is a local one. */
  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_DATE_TIME;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  protected boolean help;

  @Option(names = "--json", description = "print one JSON document and nothing else")
  public boolean json;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "where conductor keeps its state (CONDUCTOR_STATE_DIR)")
  public @Nullable Path stateDir;

  @Option(
      names = {"-q", "--quiet"},
      description = "no progress on standard error")
  protected boolean quiet;

  @Option(names = "--stacktrace", description = "show the host's frames of an error")
  public boolean stacktrace;

  public @ParentCommand @Nullable Object parent;

  private @Nullable CommandContext context;

  public CommandContext context() {
    if (context == null) {
      context = ((HasContext) Objects.requireNonNull(parent)).context();
    }
    return context;
  }

  public Console console() {
    Console console = context().console();
    return console.with(console.err(), quiet || json);
  }

  public Places places() {
    return Places.of(
        context().environment(),
        context().directory(),
        context().home(),
        Optional.ofNullable(stateDir));
  }

  protected Conductor conductor(Map<String, Object> flags) {
    return conductor(places(), Configuration.load(places(), flags));
  }

  /** Returns a conductor that works in the directory in which an existing run was started. */
  protected Conductor conductor(RunDirectory run) {
    Path project = store().meta(run).project();
    var places = new Places(context().environment(), project, context().home(), places().state());
    return conductor(places, Configuration.load(places, Map.of()));
  }

  /**
   * Returns a conductor for reading only: untrusted settings that could run a program are left out.
   */
  protected Conductor looking() {
    return conductor(places(), Configuration.trusted(places(), Map.of()));
  }

  /** Returns a conductor for reading only, in the directory in which a run was started. */
  protected Conductor looking(RunDirectory run) {
    Path project = store().meta(run).project();
    var places = new Places(context().environment(), project, context().home(), places().state());
    return conductor(places, Configuration.trusted(places, Map.of()));
  }

  private Conductor conductor(Places places, Configuration configuration) {
    configuration.warnings().forEach(console()::warn);
    return new Conductor(
        places, configuration, context().locks(), InstantSource.system(), new SecureRandom());
  }

  /** Ensures that the project's own programs may run; asks the person at a terminal. */
  protected void trust(Conductor conductor) {
    Trust trust = conductor.trust();
    if (!trust.given() && console().terminal() && !json) {
      trust.brings().forEach(console()::warn);
      if (console().agrees("these files could run programs on this machine; trust them?")) {
        trust.give();
      }
    }
    trust.require();
  }

  protected Vault vault() {
    return new Vault(places().state().issues(), context().locks(), InstantSource.system());
  }

  protected RunStore store() {
    return new RunStore(places().state());
  }

  /** Returns the run of an id, or of a unique prefix of one. */
  protected RunDirectory run(String given) {
    return store().find(given);
  }

  /** Returns the duration given to an option, or throws when it is none, or negative. */
  protected static Duration time(String option, String text) {
    try {
      Duration time = Coercion.duration(text);
      if (!time.isNegative()) {
        return time;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new UsageError(
        "%s must be a time such as 90s, 10m or 7d, 0 or more, found %s".formatted(option, text));
  }

  /** Returns the moment given to an option: a time ago such as 10m, or a point in time. */
  protected static Instant moment(String option, String given) {
    try {
      return Instant.now().minus(Coercion.duration(given));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      // a point in time, or neither
    }
    try {
      return switch (TIME.parseBest(given, OffsetDateTime::from, LocalDateTime::from)) {
        case OffsetDateTime at -> at.toInstant();
        case TemporalAccessor at ->
            LocalDateTime.from(at).atZone(ZoneId.systemDefault()).toInstant();
      };
    } catch (DateTimeException e) {
      throw new UsageError(
          "%s must be a time such as 10m, 2h, 2026-01-31T09:30 or 2026-01-31T09:30:00Z, found %s"
              .formatted(option, given));
    }
  }

  /**
   * Returns the text given to an option: of a file that exists, of standard input for {@code -},
   * else what was given.
   */
  protected String text(String option, String text) {
    try {
      if (text.equals("-")) {
        return context().input();
      }
      boolean named = !text.isEmpty() && text.length() <= LONGEST_PATH && !text.contains("\n");
      Path file = named ? context().directory().resolve(text) : null;
      return file != null && Files.isRegularFile(file) ? Files.readString(file) : text;
    } catch (CharacterCodingException e) {
      throw new UsageError(option + " " + text + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UsageError(option + " " + text + " cannot be read: " + e.getMessage());
    }
  }

  /** Returns the main worktree of the repository that {@code --repo} names a directory of. */
  protected Path repository(Path given) throws InterruptedException {
    Path directory = context().directory().resolve(given).normalize();
    if (!Files.isDirectory(directory)) {
      throw new UsageError("--repo must be a directory, found " + directory);
    }
    try {
      return Repository.of(looking().forges().git(directory)).main();
    } catch (GitFailure e) {
      throw new UsageError("--repo must be in a repository: " + e.getMessage());
    }
  }

  /** Returns the main worktree of the repository of the current directory; empty outside of one. */
  protected Optional<Path> here() throws InterruptedException {
    try {
      return Optional.of(
          Repository.of(Git.in(context().directory(), context().environment())).main());
    } catch (GitFailure e) {
      return Optional.empty();
    }
  }

  /**
   * Prints an object, or a list of objects, as JSON with {@code --json}, each with the version of
   * its shape, else lines for people.
   */
  public void print(Object object, List<String> lines) {
    if (json) {
      console().exact(StateJson.line(Versioned.of(object)));
    } else {
      console().print(lines);
    }
  }

  /**
   * Prints an object as JSON with {@code --json}, else a text that programs may read, without its
   * last line end.
   */
  public void print(Object object, String text) {
    if (json) {
      console().exact(StateJson.line(Versioned.of(object)));
    } else if (!text.isEmpty()) {
      console().result(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }
  }

  /** Returns one object of JSON with the keys of two records; where both have one, the second's. */
  @SuppressWarnings("unchecked")
  protected static Map<String, @Nullable Object> object(Record first, Record more) {
    var object =
        new LinkedHashMap<String, @Nullable Object>(
            (Map<String, @Nullable Object>) StateJson.tree(first));
    object.putAll((Map<String, @Nullable Object>) StateJson.tree(more));
    return object;
  }

  public void print(RunMeta meta) {
    print(meta, List.of(meta.id() + "  " + meta.status().text() + "  " + meta.name()));
  }
}
