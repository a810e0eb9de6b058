package conductor.script.groovy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows the classes, methods and properties that a script must not use directly, because a replay
 * would see another value, and what to use instead. Its methods return the message for the user;
 * empty when the use is harmless.
 */
public final class Hazards {

  // each: what the code depends on, and what to use instead
  private static final List<String> CLOCK = List.of("the clock", "yield Now()");
  private static final List<String> CHANCE = List.of("chance", "yield Random(bound)");
  private static final List<String> NETWORK = List.of("the network", "yield Exec(command)");
  private static final List<String> PROCESS = List.of("a process", "yield Exec(command)");
  private static final List<String> THREAD = List.of("a thread", "yield Spawn { ... }");
  private static final List<String> THREADS = List.of("threads", "yield Gather or Spawn");
  private static final List<String> FILE = List.of("a file", "yield ReadFile, WriteFile or Exec");
  private static final List<String> ENVIRONMENT = List.of("the environment", "yield Env(name)");
  private static final List<String> CODE = List.of("code that no check sees", "the code itself");

  private static final Map<String, List<String>> STATIC =
      Map.ofEntries(
          Map.entry("System.currentTimeMillis", CLOCK),
          Map.entry("System.nanoTime", CLOCK),
          Map.entry("System.getenv", ENVIRONMENT),
          Map.entry("System.exit", List.of("the process", "return")),
          Map.entry("Instant.now", CLOCK),
          Map.entry("LocalDate.now", CLOCK),
          Map.entry("LocalDateTime.now", CLOCK),
          Map.entry("LocalTime.now", CLOCK),
          Map.entry("ZonedDateTime.now", CLOCK),
          Map.entry("OffsetDateTime.now", CLOCK),
          Map.entry("Math.random", List.of("chance", "yield Random()")),
          Map.entry("UUID.randomUUID", List.of("chance", "yield Uuid()")),
          Map.entry("Year.now", CLOCK),
          Map.entry("Clock.systemUTC", CLOCK),
          Map.entry("Clock.systemDefaultZone", CLOCK),
          Map.entry("ThreadLocalRandom.current", CHANCE),
          Map.entry("Collections.shuffle", CHANCE),
          Map.entry("System.getProperty", ENVIRONMENT),
          Map.entry("System.identityHashCode", CHANCE),
          Map.entry("Thread.startVirtualThread", THREAD),
          Map.entry("Thread.ofVirtual", THREAD),
          Map.entry("Thread.ofPlatform", THREAD),
          Map.entry("Thread.sleep", List.of("the clock", "yield Sleep(duration)")),
          Map.entry("Thread.start", THREAD),
          Map.entry("Runtime.getRuntime", PROCESS));

  private static final Map<String, List<String>> CLASSES =
      Map.ofEntries(
          Map.entry("GregorianCalendar", CLOCK),
          Map.entry("FileInputStream", List.of("a file", "yield ReadFile(env, path)")),
          Map.entry("FileOutputStream", List.of("a file", "yield WriteFile(env, path, content)")),
          Map.entry("RandomAccessFile", FILE),
          Map.entry("ServerSocket", NETWORK),
          Map.entry("Date", CLOCK),
          Map.entry("Random", CHANCE),
          Map.entry("SecureRandom", CHANCE),
          Map.entry("File", FILE),
          Map.entry("FileReader", List.of("a file", "yield ReadFile(env, path)")),
          Map.entry("FileWriter", List.of("a file", "yield WriteFile(env, path, content)")),
          Map.entry("ProcessBuilder", PROCESS),
          Map.entry("Thread", THREAD),
          Map.entry("URL", NETWORK),
          Map.entry("Timer", List.of("a thread", "yield Spawn and Sleep")),
          Map.entry("Socket", NETWORK));

  private static final Set<String> WITH_PARTS = Set.of("Date", "GregorianCalendar");

  private static final Map<String, List<String>> OWNERS =
      Map.ofEntries(
          Map.entry("Files", FILE),
          Map.entry("File", FILE),
          Map.entry("HttpClient", NETWORK),
          Map.entry("URL", NETWORK),
          Map.entry("InetAddress", NETWORK),
          Map.entry("NetworkInterface", NETWORK),
          Map.entry("Executors", THREADS),
          Map.entry("ForkJoinPool", THREADS),
          Map.entry("CompletableFuture", THREADS),
          Map.entry("Thread", THREAD),
          Map.entry("Runtime", PROCESS),
          Map.entry("ProcessHandle", PROCESS),
          Map.entry("ProcessBuilder", PROCESS),
          Map.entry("ThreadLocalRandom", CHANCE),
          Map.entry("SecureRandom", CHANCE),
          Map.entry("RandomGenerator", CHANCE),
          Map.entry("ManagementFactory", List.of("the process", "yield Exec(command)")),
          Map.entry("Eval", CODE),
          Map.entry("GroovyShell", CODE));

  /** Methods of otherwise harmless classes that read the machine's settings. */
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
          "parallelStream",
          List.of("threads", "yield Gather"),
          "parallel",
          List.of("threads", "yield Gather"),
          "shuffle",
          CHANCE,
          "shuffled",
          CHANCE,
          "toURL",
          NETWORK,
          "toFile",
          FILE,
          "forName",
          List.of("code that no check sees", "the class itself"),
          "getDeclaredConstructor",
          List.of("code that no check sees", "the class itself"));

  private Hazards() {}

  /**
   * Returns the message for a static call such as {@code Instant.now}, or a static property such as
   * {@code System.env}.
   */
  public static Optional<String> call(String owner, String method) {
    return Optional.ofNullable(STATIC.get(owner + "." + method))
        .or(() -> Optional.ofNullable(OWNERS.get(owner)))
        .or(() -> ofTheMachine(owner, method))
        .map(hazard -> message(owner + "." + method, hazard));
  }

  private static Optional<List<String>> ofTheMachine(String owner, String method) {
    if (method.equals("now")
        || (owner.equals("Clock") && !method.equals("fixed") && !method.equals("offset"))
        || (owner.equals("Calendar") && method.equals("getInstance"))) {
      return Optional.of(CLOCK);
    }
    if (owner.equals("System") && (method.equals("in") || method.equals("console"))) {
      return Optional.of(List.of("the terminal", "yield Ask(prompt)"));
    }
    return DEFAULTS.contains(owner + "." + method)
            || (owner.equals("System") && !HARMLESS.contains(method))
        ? Optional.of(ENVIRONMENT)
        : Optional.empty();
  }

  /** Returns the message for a static property, itself or as its getter. */
  static Optional<String> property(String owner, String name) {
    String getter = "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return call(owner, name).or(() -> call(owner, getter));
  }

  /** Returns the message for a method or property of an object of a known class. */
  static Optional<String> member(String type, String name) {
    if (type.equals("Path") && OF_FILES.contains(name)) {
      return Optional.of(message(name, FILE));
    }
    if (type.equals("Object") && (name.equals("hashCode") || name.equals("toString"))) {
      return Optional.of(message(name, List.of("chance", "yield Uuid()")));
    }
    return type.equals("Date") && name.equals("format")
        ? Optional.of(message(name, List.of("the time zone", "a ZonedDateTime of yield Now()")))
        : Optional.empty();
  }

  /**
   * Returns the message for the construction of an object. A date constructed from given parts is
   * harmless.
   */
  public static Optional<String> construction(String type, boolean withoutArguments) {
    if (WITH_PARTS.contains(type) && !withoutArguments) {
      return Optional.empty();
    }
    return Optional.ofNullable(CLASSES.get(type))
        .or(() -> Optional.ofNullable(OWNERS.get(type)))
        .map(hazard -> message("new " + type, hazard));
  }

  /**
   * Returns the message for a method of an object of unknown class, or of the script itself.
   *
   * @param ofText whether it is called on a literal text or list
   * @param ofScript whether it is called without an object
   */
  public static Optional<String> method(String name, boolean ofText, boolean ofScript) {
    if (name.equals("execute") && ofText) {
      return Optional.of(message("execute", PROCESS));
    }
    if (METHODS.containsKey(name)) {
      return Optional.ofNullable(METHODS.get(name)).map(hazard -> message(name, hazard));
    }
    if (name.equals("evaluate") && ofScript) {
      return Optional.of(message(name, CODE));
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
