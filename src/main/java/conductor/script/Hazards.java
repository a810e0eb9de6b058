package conductor.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a script must not reach for by itself, because a replay would see something else, with what
 * to use instead.
 */
final class Hazards {

  private static final Map<String, List<String>> STATIC =
      Map.ofEntries(
          Map.entry("System.currentTimeMillis", List.of("the clock", "yield Now()")),
          Map.entry("System.nanoTime", List.of("the clock", "yield Now()")),
          Map.entry("System.getenv", List.of("the environment", "yield Env(name)")),
          Map.entry("System.exit", List.of("the process", "return")),
          Map.entry("Instant.now", List.of("the clock", "yield Now()")),
          Map.entry("LocalDate.now", List.of("the clock", "yield Now()")),
          Map.entry("LocalDateTime.now", List.of("the clock", "yield Now()")),
          Map.entry("LocalTime.now", List.of("the clock", "yield Now()")),
          Map.entry("ZonedDateTime.now", List.of("the clock", "yield Now()")),
          Map.entry("OffsetDateTime.now", List.of("the clock", "yield Now()")),
          Map.entry("Math.random", List.of("chance", "yield Random()")),
          Map.entry("UUID.randomUUID", List.of("chance", "yield Uuid()")),
          Map.entry("Year.now", List.of("the clock", "yield Now()")),
          Map.entry("Clock.systemUTC", List.of("the clock", "yield Now()")),
          Map.entry("Clock.systemDefaultZone", List.of("the clock", "yield Now()")),
          Map.entry("ThreadLocalRandom.current", List.of("chance", "yield Random(bound)")),
          Map.entry("Collections.shuffle", List.of("chance", "yield Random(bound)")),
          Map.entry("System.getProperty", List.of("the environment", "yield Env(name)")),
          Map.entry("System.identityHashCode", List.of("chance", "yield Random(bound)")),
          Map.entry("Thread.startVirtualThread", List.of("a thread", "yield Spawn { ... }")),
          Map.entry("Thread.ofVirtual", List.of("a thread", "yield Spawn { ... }")),
          Map.entry("Thread.ofPlatform", List.of("a thread", "yield Spawn { ... }")),
          Map.entry("Thread.sleep", List.of("the clock", "yield Sleep(duration)")),
          Map.entry("Thread.start", List.of("a thread", "yield Spawn { ... }")),
          Map.entry("Runtime.getRuntime", List.of("a process", "yield Exec(command)")));

  private static final Map<String, List<String>> CLASSES =
      Map.ofEntries(
          Map.entry("Date", List.of("the clock", "yield Now()")),
          Map.entry("Random", List.of("chance", "yield Random(bound)")),
          Map.entry("SecureRandom", List.of("chance", "yield Random(bound)")),
          Map.entry("File", List.of("a file", "yield ReadFile, WriteFile or Exec")),
          Map.entry("FileReader", List.of("a file", "yield ReadFile(env, path)")),
          Map.entry("FileWriter", List.of("a file", "yield WriteFile(env, path, content)")),
          Map.entry("ProcessBuilder", List.of("a process", "yield Exec(command)")),
          Map.entry("Thread", List.of("a thread", "yield Spawn { ... }")),
          Map.entry("URL", List.of("the network", "yield Exec(command)")),
          Map.entry("Timer", List.of("a thread", "yield Spawn and Sleep")),
          Map.entry("Socket", List.of("the network", "yield Exec(command)")));

  private static final Map<String, List<String>> OWNERS =
      Map.of(
          "Files", List.of("a file", "yield ReadFile, WriteFile or Exec"),
          "HttpClient", List.of("the network", "yield Exec(command)"),
          "Executors", List.of("threads", "yield Gather or Spawn"),
          "CompletableFuture", List.of("threads", "yield Gather or Spawn"));

  private Hazards() {}

  /** A static call such as {@code Instant.now}. */
  static Optional<String> call(String owner, String method) {
    return Optional.ofNullable(STATIC.get(owner + "." + method))
        .or(() -> Optional.ofNullable(OWNERS.get(owner)))
        .map(hazard -> message(owner + "." + method, hazard));
  }

  /** An object of a class; a date of given parts is not the clock. */
  static Optional<String> construction(String type, boolean withoutArguments) {
    if (type.equals("Date") && !withoutArguments) {
      return Optional.empty();
    }
    return Optional.ofNullable(CLASSES.get(type)).map(hazard -> message("new " + type, hazard));
  }

  /** A method of any object, or of the script itself. */
  static Optional<String> method(String name, boolean ofText, boolean ofScript) {
    if (name.equals("execute") && ofText) {
      return Optional.of(message("execute", List.of("a process", "yield Exec(command)")));
    }
    if (name.equals("parallelStream")) {
      return Optional.of(message("parallelStream", List.of("threads", "yield Gather")));
    }
    if (name.equals("shuffle") || name.equals("shuffled")) {
      return Optional.of(message(name, List.of("chance", "yield Random(bound)")));
    }
    if (name.equals("sleep") && ofScript) {
      return Optional.of(message("sleep", List.of("the clock", "yield Sleep(duration)")));
    }
    return Optional.empty();
  }

  private static String message(String what, List<String> hazard) {
    return "%s reaches for %s, and a replay would see something else: use %s, or allow it with '// conductor: allow'"
        .formatted(what, hazard.get(0), hazard.get(1));
  }
}
