package conductor.handlers.agent;

import conductor.handlers.agent.known.KnownAgent;
import conductor.handlers.agent.known.KnownAgents;
import conductor.process.CannotRun;
import conductor.process.Command;
import java.io.File;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the version of an agent program and whether it is too old. The program is run each time,
 * because programs are updated. Immutable.
 *
 * @param directory the directory that the program is run in
 * @param environment the program's whole environment
 */
public record AgentVersion(
    AgentSettings settings, Path directory, Map<String, String> environment) {

  private static final Pattern NUMBERS = Pattern.compile("(?<!\\d)\\d++(?:\\.\\d++){1,9}");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Returns what {@link #told} does, without running a program that is not known. */
  public Optional<String> toldIfKnown() throws InterruptedException {
    return isKnown() ? told() : Optional.empty();
  }

  /** Returns whether the program or its protocol is known; never without a protocol. */
  boolean isKnown() {
    return settings.protocol() != null
        && KnownAgents.named(settings.type()).or(this::speaker).isPresent();
  }

  /** Returns the first line printed for {@code --version}; empty when that fails. */
  public Optional<String> told() throws InterruptedException {
    var words = new ArrayList<>(settings.command());
    program().ifPresent(file -> words.set(0, file.toString()));
    words.add("--version");
    try {
      Command.Ended ended = new Command(words, directory, environment, "", LIMIT).run();
      return ended.ok() ? ended.out().strip().lines().findFirst() : Optional.empty();
    } catch (CannotRun e) {
      return Optional.empty();
    }
  }

  /** Runs the program and returns a message if its version is known and too old. */
  Optional<String> tooOld() throws InterruptedException {
    return least().isPresent() ? told().flatMap(this::tooOld) : Optional.empty();
  }

  /** Returns a message if a version that the program printed is too old; empty otherwise. */
  public Optional<String> tooOld(String told) {
    Matcher found = NUMBERS.matcher(told);
    return found.find()
        ? least()
            .filter(least -> Version.parse(found.group()).compareTo(Version.parse(least)) < 0)
            .map(least ->
                "its version %s is too old, %s is the least; update it"
                    .formatted(found.group(), least))
        : Optional.empty();
  }

  Optional<String> missing() {
    return program().isPresent()
        ? Optional.empty()
        : Optional.of(
            "its program %s is gone; install it again".formatted(settings.command().getFirst()));
  }

  private Optional<Path> program() {
    String name = settings.command().getFirst();
    Stream<Path> places =
        name.contains("/")
            ? Stream.of(directory.resolve(name))
            : Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(place -> Path.of(place, name));
    return places.filter(Files::isExecutable).findFirst();
  }

  private Optional<String> least() {
    return KnownAgents.named(settings.type())
        .filter(agent -> agent.protocol().name().equals(protocol()))
        .or(this::speaker)
        .flatMap(KnownAgent::least);
  }

  private @Nullable String protocol() {
    return settings.protocol() == null ? null : settings.protocol().name();
  }

  private Optional<KnownAgent> speaker() {
    return Optional.ofNullable(protocol()).flatMap(KnownAgents::named);
  }
}
