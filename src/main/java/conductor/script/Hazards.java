package conductor.script;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
          Map.entry("GregorianCalendar", List.of("the clock", "yield Now()")),
          Map.entry("FileInputStream", List.of("a file", "yield ReadFile(env, path)")),
          Map.entry("FileOutputStream", List.of("a file", "yield WriteFile(env, path, content)")),
          Map.entry("RandomAccessFile", List.of("a file", "yield ReadFile, WriteFile or Exec")),
          Map.entry("ServerSocket", List.of("the network", "yield Exec(command)")),
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

  private static final Set<String> WITH_PARTS = Set.of("Date", "GregorianCalendar");

  private static final Map<String, List<String>> OWNERS =
      Map.ofEntries(
          Map.entry("Files", List.of("a file", "yield ReadFile, WriteFile or Exec")),
          Map.entry("File", List.of("a file", "yield ReadFile, WriteFile or Exec")),
          Map.entry("HttpClient", List.of("the network", "yield Exec(command)")),
          Map.entry("URL", List.of("the network", "yield Exec(command)")),
          Map.entry("InetAddress", List.of("the network", "yield Exec(command)")),
          Map.entry("NetworkInterface", List.of("the network", "yield Exec(command)")),
          Map.entry("Executors", List.of("threads", "yield Gather or Spawn")),
          Map.entry("ForkJoinPool", List.of("threads", "yield Gather or Spawn")),
          Map.entry("CompletableFuture", List.of("threads", "yield Gather or Spawn")),
          Map.entry("Thread", List.of("a thread", "yield Spawn { ... }")),
          Map.entry("Runtime", List.of("a process", "yield Exec(command)")),
          Map.entry("ProcessHandle", List.of("a process", "yield Exec(command)")),
          Map.entry("ProcessBuilder", List.of("a process", "yield Exec(command)")),
          Map.entry("ThreadLocalRandom", List.of("chance", "yield Random(bound)")),
          Map.entry("SecureRandom", List.of("chance", "yield Random(bound)")),
          Map.entry("RandomGenerator", List.of("chance", "yield Random(bound)")),
          Map.entry("ManagementFactory", List.of("the process", "yield Exec(command)")),
          Map.entry("Eval", List.of("code that no check sees", "the code itself")),
          Map.entry("GroovyShell", List.of("code that no check sees", "the code itself")));

  /** Of all others, what asks the machine for its settings. */
  private static final Set<String> DEFAULTS =
      Set.of(
          "Locale.getDefault",
          "TimeZone.getDefault",
          "ZoneId.systemDefault",
          "Charset.defaultCharset",
          "FileSystems.getDefault");

  private static final Set<String> HARMLESS = Set.of("lineSeparator", "arraycopy", "out", "err");
  private static final Set<String> OF_FILES =
      Set.of(
          "text",
          "getText",
          "setText",
          "bytes",
          "getBytes",
          "size",
          "exists",
          "toRealPath",
          "eachLine",
          "eachFile",
          "eachFileRecurse",
          "eachDir",
          "readLines",
          "withReader",
          "withWriter",
          "withInputStream",
          "withOutputStream",
          "write",
          "append",
          "newReader",
          "newWriter",
          "newInputStream",
          "newOutputStream",
          "toFile",
          "deleteDir",
          "traverse");
  private static final Map<String, List<String>> METHODS =
      Map.of(
          "parallelStream", List.of("threads", "yield Gather"),
          "parallel", List.of("threads", "yield Gather"),
          "shuffle", List.of("chance", "yield Random(bound)"),
          "shuffled", List.of("chance", "yield Random(bound)"),
          "toURL", List.of("the network", "yield Exec(command)"),
          "toFile", List.of("a file", "yield ReadFile, WriteFile or Exec"),
          "forName", List.of("code that no check sees", "the class itself"),
          "getDeclaredConstructor", List.of("code that no check sees", "the class itself"));

  private Hazards() {}

  /** A static call such as {@code Instant.now}, or what a class has such as {@code System.env}. */
  static Optional<String> call(String owner, String method) {
    return Optional.ofNullable(STATIC.get(owner + "." + method))
        .or(() -> Optional.ofNullable(OWNERS.get(owner)))
        .or(() -> ofTheMachine(owner, method))
        .map(hazard -> message(owner + "." + method, hazard));
  }

  private static Optional<List<String>> ofTheMachine(String owner, String method) {
    if (method.equals("now")
        || (owner.equals("Clock") && !method.equals("fixed") && !method.equals("offset"))
        || (owner.equals("Calendar") && method.equals("getInstance"))) {
      return Optional.of(List.of("the clock", "yield Now()"));
    }
    if (owner.equals("System") && (method.equals("in") || method.equals("console"))) {
      return Optional.of(List.of("the terminal", "yield Ask(prompt)"));
    }
    return DEFAULTS.contains(owner + "." + method)
            || (owner.equals("System") && !HARMLESS.contains(method))
        ? Optional.of(List.of("the environment", "yield Env(name)"))
        : Optional.empty();
  }

  /** A property of a class: what its getter would be. */
  static Optional<String> property(String owner, String name) {
    String getter = "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return call(owner, name).or(() -> call(owner, getter));
  }

  /** A method or property of an object of a known class. */
  static Optional<String> member(String type, String name) {
    if (type.equals("Path") && OF_FILES.contains(name)) {
      return Optional.of(message(name, List.of("a file", "yield ReadFile, WriteFile or Exec")));
    }
    if (type.equals("Object") && (name.equals("hashCode") || name.equals("toString"))) {
      return Optional.of(message(name, List.of("chance", "yield Uuid()")));
    }
    return type.equals("Date") && name.equals("format")
        ? Optional.of(message(name, List.of("the time zone", "a ZonedDateTime of yield Now()")))
        : Optional.empty();
  }

  /** An object of a class; a date of given parts is not the clock. */
  static Optional<String> construction(String type, boolean withoutArguments) {
    if (WITH_PARTS.contains(type) && !withoutArguments) {
      return Optional.empty();
    }
    return Optional.ofNullable(CLASSES.get(type))
        .or(() -> Optional.ofNullable(OWNERS.get(type)))
        .map(hazard -> message("new " + type, hazard));
  }

  /** A method of any object, or of the script itself. */
  static Optional<String> method(String name, boolean ofText, boolean ofScript) {
    if (name.equals("execute") && ofText) {
      return Optional.of(message("execute", List.of("a process", "yield Exec(command)")));
    }
    if (METHODS.containsKey(name)) {
      return Optional.ofNullable(METHODS.get(name)).map(hazard -> message(name, hazard));
    }
    if (name.equals("evaluate") && ofScript) {
      return Optional.of(message(name, List.of("code that no check sees", "the code itself")));
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
