package conductor.script.java;

import conductor.effect.Coercion;
import conductor.effect.CommandEffect;
import conductor.effect.InJava;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The source of {@link JavaEffects}, made of the vocabulary: for each effect a method that takes
 * what must be given, and one that takes what may be given by position besides.
 */
public final class JavaWords {

  private static final int WIDEST = 100;

  private final TreeSet<String> imports = new TreeSet<>();

  private JavaWords() {}

  /** One way to give an argument: the type that is declared, and what the record is given. */
  private record Way(String declared, String given) {}

  /** The text of the file. */
  public static String source() {
    return new JavaWords().text();
  }

  private String text() {
    String words =
        Vocabulary.standard().signatures().stream()
            .flatMap(effect -> words(effect).stream())
            .collect(Collectors.joining("\n"));
    return """
    package %s;

    %s
    /**
     * The effects as workflows in Java construct them: what must be given by position, the rest by the
     * effects' {@code with} methods. Made of the records; ReferenceTest keeps the two alike.
     */
    @SuppressWarnings("MethodName") // these are the users' words
    public final class JavaEffects {

      private JavaEffects() {}

    %s}
    """
        .formatted(
            JavaEffects.class.getPackageName(),
            imports.stream().map("import %s;\n"::formatted).collect(Collectors.joining()),
            words);
  }

  private List<String> words(Signature effect) {
    List<RecordComponent> all = List.of(effect.type().getRecordComponents());
    List<RecordComponent> required = all.stream().filter(part -> !isOptional(part)).toList();
    List<RecordComponent> longer =
        all.stream().filter(part -> !isOptional(part) || isPositional(part)).toList();
    return Stream.of(required, longer)
        .distinct()
        .flatMap(taken -> ways(taken).stream().map(ways -> word(effect, all, taken, ways)))
        .toList();
  }

  private static boolean isOptional(RecordComponent part) {
    return part.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static boolean isPositional(RecordComponent part) {
    InJava mark = part.getAnnotation(InJava.class);
    return mark != null && mark.positional();
  }

  /** Each way to give some arguments. */
  private List<List<Way>> ways(List<RecordComponent> taken) {
    List<List<Way>> all = List.of(List.of());
    for (RecordComponent part : taken) {
      all =
          all.stream()
              .flatMap(before -> ways(part).stream().map(way -> with(before, way)))
              .toList();
    }
    return all;
  }

  private static List<Way> with(List<Way> before, Way way) {
    var all = new ArrayList<>(before);
    all.add(way);
    return all;
  }

  private List<Way> ways(RecordComponent part) {
    String name = part.getName();
    Type type = part.getGenericType();
    InJava mark = part.getAnnotation(InJava.class);
    if (mark != null && mark.type() != void.class) {
      return List.of(new Way(named(mark.type()), name));
    }
    if (type == Duration.class) {
      return List.of(
          new Way("String", "%s.duration(%s)".formatted(named(Coercion.class), name)),
          new Way(named(type), name));
    }
    if (type == CommandEffect.Command.class) {
      return List.of(
          new Way("String", "%s.shell(%s)".formatted(named(type), name)),
          new Way(
              named(List.class) + "<?>", "new %s(List.copyOf(%s))".formatted(named(type), name)));
    }
    if (type instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] instanceof Class<?> item
        && item.isEnum()) {
      return List.of(new Way(named(item) + "...", "%s.of(%s)".formatted(named(List.class), name)));
    }
    String any = type == Object.class ? "@" + named(Nullable.class) + " " : "";
    return List.of(new Way(any + named(type), name));
  }

  private String word(
      Signature effect, List<RecordComponent> all, List<RecordComponent> taken, List<Way> ways) {
    var declared = new ArrayList<String>();
    var given = new ArrayList<String>();
    for (RecordComponent part : all) {
      int at = taken.indexOf(part);
      given.add(at < 0 ? "null" : ways.get(at).given());
      if (at >= 0) {
        declared.add(ways.get(at).declared() + " " + part.getName());
      }
    }
    String type = named(effect.type());
    return line("  public static %s %s(".formatted(type, effect.name()), declared, ") {")
        + line("    return new %s(".formatted(type), given, ");")
        + "  }\n";
  }

  /** As the formatter breaks it. */
  private static String line(String before, List<String> items, String after) {
    String list = String.join(", ", items);
    String line = before + list + after;
    String indent = " ".repeat(before.length() - before.stripLeading().length() + 4);
    return (line.length() <= WIDEST ? line : before + "\n" + indent + list + after) + "\n";
  }

  private String named(Type type) {
    if (type instanceof ParameterizedType generic) {
      return named(generic.getRawType())
          + Stream.of(generic.getActualTypeArguments())
              .map(this::named)
              .collect(Collectors.joining(", ", "<", ">"));
    }
    if (!(type instanceof Class<?> plain)) {
      return "?";
    }
    Class<?> top = plain;
    while (top.getEnclosingClass() != null) {
      top = top.getEnclosingClass();
    }
    if (!plain.isPrimitive() && !top.getPackageName().equals("java.lang")) {
      imports.add(top.getName());
    }
    return plain.getName().substring(plain.getName().lastIndexOf('.') + 1).replace('$', '.');
  }
}
