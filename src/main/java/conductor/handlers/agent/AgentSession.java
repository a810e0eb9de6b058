package conductor.handlers.agent;

import conductor.engine.handler.WallClock;
import conductor.error.Reason;
import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.agent.protocol.Usage;
import conductor.process.FileChanges;
import conductor.process.Job;
import conductor.process.JobSpec;
import conductor.state.AtomicFile;
import conductor.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The session of an agent whose program speaks a protocol. It lasts over several processes, one
 * after the other, each a job in {@code session-<n>/}. Belongs to the thread that runs the agent's
 * turns.
 */
final class AgentSession {

  /** The time that a process may take to end when another replaces it. */
  private static final Duration REPLACED = Duration.ofSeconds(5);

  /** The time that a process may take to end after its input was closed. */
  private static final Duration REST = Duration.ofSeconds(30);

  private final Path directory;
  private final Protocol protocol;
  private final AgentSettings settings;
  private final Workplace place;
  private final Function<List<String>, JobSpec> specs;
  private final FileChanges changes;
  private final InstantSource clock;
  private @Nullable JobChannel current;
  private @Nullable String schema;

  AgentSession(
      Path directory,
      Protocol protocol,
      AgentSettings settings,
      Workplace place,
      Function<List<String>, JobSpec> specs,
      FileChanges changes,
      InstantSource clock) {
    this.directory = directory;
    this.protocol = protocol;
    this.settings = settings;
    this.place = place;
    this.specs = specs;
    this.changes = changes;
    this.clock = clock;
  }

  /** The id that the program gave its session, and when it reported it. */
  private record Named(int v, String id, Instant since) {
    static final int FORMAT = 1;
  }

  /**
   * The parameters that a process was started with.
   *
   * @param resumes the id of the session that it continues; null for a new session
   * @param forks whether it continues a copy of that session; null means false
   * @param place the place where the copy ends; null for the whole session
   * @param schema the JSON schema of its answers; null for any text
   * @param spent what the session had used before
   */
  private record Begun(
      int v,
      @Nullable String resumes,
      @Nullable Boolean forks,
      @Nullable String place,
      @Nullable String schema,
      Usage spent) {
    static final int FORMAT = 1;
  }

  /** Returns the channel with the last process, running or not; empty when there was none. */
  Optional<JobChannel> last() {
    if (current == null) {
      int n = count();
      if (n > 0) {
        current = channel(n);
      }
    }
    return Optional.ofNullable(current);
  }

  private int count() {
    int n = 0;
    while (Files.exists(job(n + 1).resolve("begun.json"))) {
      n++;
    }
    return n;
  }

  private Path job(int n) {
    return directory.resolve("session-" + n);
  }

  private JobChannel channel(int n) {
    Begun begun = StateJson.read(job(n).resolve("begun.json"), Begun.class, Begun.FORMAT);
    schema = begun.schema();
    return JobChannel.with(Job.in(job(n)), protocol.begin(opening(begun, job(n))), changes);
  }

  private Opening opening(Begun begun, Path own) {
    return new Opening(
        place.start(),
        place.worktree(),
        begun.resumes(),
        Boolean.TRUE.equals(begun.forks()),
        begun.place(),
        settings.model(),
        settings.mode(),
        settings.effort(),
        begun.schema(),
        begun.spent(),
        settings.equipment(),
        own);
  }

  boolean fits(Optional<String> form) {
    return current != null
        && current.running()
        && !Files.exists(rests(current.job()))
        && (!protocol.bindsSchema() || Objects.equals(schema, form.orElse(null)));
  }

  JobChannel begin(Optional<String> form) throws InterruptedException {
    end();
    awaitResumable();
    int n = count() + 1;
    Begun begun = toBegin(form.orElse(null));
    AtomicFile.write(job(n).resolve("begun.json"), StateJson.pretty(begun));
    Job.converse(job(n), bound(job(n), opening(begun, job(n))));
    current = channel(n);
    return current;
  }

  private JobSpec bound(Path job, Opening opening) {
    JobSpec spec = specs.apply(protocol.words(settings.command(), opening));
    Bounds bounds = protocol.bounds(settings.command(), opening, spec.environment());
    var words = new ArrayList<>(spec.words());
    words.addAll(bounds.words());
    bounds.files().forEach((name, text) -> AtomicFile.write(job.resolve(name), text));
    bounds.links().forEach((name, target) -> link(job.resolve(name), target));
    var environment = new HashMap<>(spec.environment());
    bounds
        .variables()
        .forEach((name, value) -> {
          if (!settings.env().containsKey(name)) {
            environment.put(name, value);
          }
        });
    return new JobSpec(words, spec.directory(), environment, spec.merged());
  }

  private static void link(Path link, Path target) {
    try {
      Files.deleteIfExists(link); // of a process that a killed host did not get to start
      Files.createSymbolicLink(link, target);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + link + ": " + Reason.of(e), e);
    }
  }

  private Begun toBegin(@Nullable String form) {
    Optional<Forked.Origin> other = id().isPresent() ? Optional.empty() : origin();
    return other
        .map(
            from -> new Begun(Begun.FORMAT, from.session(), true, from.place(), form, from.spent()))
        .orElseGet(() -> new Begun(Begun.FORMAT, id().orElse(null), null, null, form, spent()));
  }

  private Optional<Forked.Origin> origin() {
    return Forked.of(directory).flatMap(forked -> forked.origin(protocol));
  }

  boolean forks() {
    return id().isEmpty() && origin().isPresent();
  }

  /** Some programs lose a session that is resumed too soon. */
  private void awaitResumable() throws InterruptedException {
    Optional<Named> named = StateJson.find(named(directory), Named.class, Named.FORMAT);
    if (named.isPresent()) {
      WallClock.sleepUntil(protocol.resumableFrom(named.get().since()), clock);
    }
  }

  private Usage spent() {
    Usage before = origin().map(Forked.Origin::spent).orElse(Usage.NONE);
    return new Turns(directory)
        .all().stream()
            .flatMap(turn -> turn.end().stream())
            .map(TurnEnd::usage)
            .reduce(before, Usage::plus);
  }

  private void end() throws InterruptedException {
    if (current != null) {
      Job job = current.job();
      current.end();
      close();
      if (job.await(REPLACED) instanceof Job.State.Running) {
        job.end("replaced");
      }
    }
  }

  /** Returns the id that the session is resumed by; empty when there is none yet. */
  Optional<String> id() {
    return id(directory);
  }

  static Optional<String> id(Path directory) {
    return StateJson.find(named(directory), Named.class, Named.FORMAT).map(Named::id);
  }

  private static Path named(Path directory) {
    return directory.resolve("session.json");
  }

  void named(String id) {
    if (!id().equals(Optional.of(id))) {
      var named = new Named(Named.FORMAT, id, clock.instant());
      AtomicFile.write(named(directory), StateJson.pretty(named));
    }
  }

  /** Forgets the session because it is gone, so that the next process begins a new one. */
  void forget() {
    named(directory).toFile().delete();
  }

  /** Closes the input of the current process, and ends the process if it does not end by itself. */
  void closeIdle() {
    if (current != null && current.running()) {
      Job job = current.job();
      AtomicFile.write(rests(job), "");
      current.end();
      close();
      Thread.ofVirtual().start(() -> endsBy(job, REST));
    }
  }

  private static void endsBy(Job job, Duration most) {
    try {
      if (job.await(most) instanceof Job.State.Running) {
        job.end("rests");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path rests(Job job) {
    return job.directory().resolve("rests");
  }

  /** Detaches from the current process, which continues. */
  void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
