package conductor.script.groovy;

import java.util.HashMap;
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
      byName(
          Map.of(
              CLOCK,
              "System.currentTimeMillis System.nanoTime Instant.now LocalDate.now LocalDateTime.now"
                  + " LocalTime.now ZonedDateTime.now OffsetDateTime.now Year.now Clock.systemUTC"
                  + " Clock.systemDefaultZone",
              ENVIRONMENT,
              "System.getenv System.getProperty",
              List.of("the process", "return"),
              "System.exit",
              List.of("chance", "yield Random()"),
              "Math.random",
              List.of("chance", "yield Uuid()"),
              "UUID.randomUUID",
              CHANCE,
              "ThreadLocalRandom.current Collections.shuffle System.identityHashCode",
              THREAD,
              "Thread.startVirtualThread Thread.ofVirtual Thread.ofPlatform Thread.start",
              List.of("the clock", "yield Sleep(duration)"),
              "Thread.sleep",
              PROCESS,
              "Runtime.getRuntime"));

  private static final Map<String, List<String>> CLASSES =
      byName(
          Map.of(
              CLOCK,
              "GregorianCalendar Date",
              List.of("a file", "yield ReadFile(env, path)"),
              "FileInputStream FileReader",
              List.of("a file", "yield WriteFile(env, path, content)"),
              "FileOutputStream FileWriter",
              FILE,
              "RandomAccessFile File",
              NETWORK,
              "ServerSocket Socket URL",
              CHANCE,
              "Random SecureRandom",
              PROCESS,
              "ProcessBuilder",
              THREAD,
              "Thread",
              List.of("a thread", "yield Spawn and Sleep"),
              "Timer"));

  private static final Set<String> WITH_PARTS = Set.of("Date", "GregorianCalendar");

  private static final Map<String, List<String>> OWNERS =
      byName(
          Map.of(
              FILE,
              "Files File",
              NETWORK,
              "HttpClient URL InetAddress NetworkInterface Grape",
              THREADS,
              "Executors ForkJoinPool CompletableFuture",
              THREAD,
              "Thread",
              PROCESS,
              "Runtime ProcessHandle ProcessBuilder",
              CHANCE,
              "ThreadLocalRandom SecureRandom RandomGenerator",
              List.of("the process", "yield Exec(command)"),
              "ManagementFactory",
              CODE,
              "Eval GroovyShell"));

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
          ("text getText setText bytes getBytes size exists toRealPath eachLine eachFile"
                  + " eachFileRecurse eachDir readLines withReader withWriter withInputStream"
                  + " withOutputStream write append newReader newWriter newInputStream"
                  + " newOutputStream toFile deleteDir traverse")
              .split(" "));
  private static final Map<String, List<String>> METHODS =
      byName(
          Map.of(
              List.of("threads", "yield Gather"),
              "parallelStream parallel",
              CHANCE,
              "shuffle shuffled",
              NETWORK,
              "toURL",
              FILE,
              "toFile",
              List.of("code that no check sees", "the class itself"),
              "forName getDeclaredConstructor"));

  private Hazards() {}

  /** Returns hazards by name; given are the names of each, separated by blanks. */
  private static Map<String, List<String>> byName(Map<List<String>, String> names) {
    var byName = new HashMap<String, List<String>>();
    names.forEach((hazard, all) -> {
      for (String name : all.split(" ", -1)) {
        byName.put(name, hazard);
      }
    });
    return Map.copyOf(byName);
  }

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
    if (type.equals("JsonSlurper") && name.equals("parse")) {
      return Optional.of(message(name, List.of("a file", "parseText(yield ReadFile(env, path))")));
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
    if (name.equals("evaluate") && ofScript) {
      return Optional.of(message(name, CODE));
    }
    if (name.equals("sleep") && ofScript) {
      return Optional.of(message("sleep", List.of("the clock", "yield Sleep(duration)")));
    }
    return Optional.ofNullable(METHODS.get(name)).map(hazard -> message(name, hazard));
  }

  private static String message(String what, List<String> hazard) {
    return "%s reaches for %s, and a replay would see something else: use %s, or allow it with '// conductor: allow'"
        .formatted(what, hazard.get(0), hazard.get(1));
  }
}
