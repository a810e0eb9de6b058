package conductor.script.groovy;

import conductor.effect.Effect;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.jspecify.annotations.Nullable;

/** Resolves, by name, the types that parameters and replies of own effects may have. */
final class OwnTypes {

  private static final Map<String, Class<?>> JOURNALABLE =
      Stream.<Class<?>>of(
              Object.class,
              String.class,
              CharSequence.class,
              Boolean.class,
              Character.class,
              Short.class,
              Byte.class,
              Integer.class,
              Long.class,
              Double.class,
              Float.class,
              Number.class,
              BigDecimal.class,
              BigInteger.class,
              List.class,
              Collection.class,
              Map.class,
              Path.class,
              Duration.class,
              Instant.class,
              LocalDate.class,
              LocalTime.class,
              LocalDateTime.class,
              UUID.class)
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

  private OwnTypes() {}

  /** Returns the type of a declaration; empty when a journal cannot hold its values. */
  static Optional<Type> of(ClassNode declared) {
    if (declared.isArray()) {
      return Optional.empty();
    }
    if (ClassHelper.isPrimitiveVoid(declared)) {
      return Optional.of(Void.class);
    }
    String name = ClassHelper.getWrapper(declared).getName();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    Class<?> known = JOURNALABLE.get(simple);
    if (known == List.class && declared.getGenericsTypes() != null) {
      return of(declared.getGenericsTypes()[0].getType()).map(ListOf::new);
    }
    return known != null ? Optional.of(known) : record(simple);
  }

  private static Optional<Type> record(String name) {
    try {
      Class<?> type = Class.forName(Effect.class.getPackageName() + "." + name);
      return type.isRecord() || type.isEnum() ? Optional.of(type) : Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private record ListOf(Type item) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {item};
    }

    @Override
    public Type getRawType() {
      return List.class;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return null;
    }
  }
}
