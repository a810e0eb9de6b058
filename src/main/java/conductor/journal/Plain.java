package conductor.journal;

import conductor.effect.Failure;
import java.io.File;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.Enumeration;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the result of a finished workflow into a value that a journal can hold: plain values as in
 * JSON, others as their text, with a warning. Never fails.
 */
final class Plain {

  private static final int DEEP = 200;
  private static final int MANY = 1_000_000;

  private final ValueTypes types;
  private final Consumer<String> warn;
  private final Set<Object> enclosing = Collections.newSetFromMap(new IdentityHashMap<>());

  Plain(ValueTypes types, Consumer<String> warn) {
    this.types = types;
    this.warn = warn;
  }

  @Nullable Object of(@Nullable Object value, String where) {
    try {
      return plain(value, where);
    } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
      return text(value, where); // code of the script, such as an iterator's, went wrong
    }
  }

  @SuppressWarnings("JavaUtilDate") // scripts have them
  private @Nullable Object plain(@Nullable Object value, String where) {
    return switch (value) {
      case null -> null;
      case CharSequence text -> text.toString();
      case Boolean flag -> flag;
      case Character one -> one;
      case Number number -> number(number, where);
      case Duration duration -> duration;
      case UUID uuid -> uuid;
      case Path path -> path;
      case Date date -> Instant.ofEpochMilli(date.getTime());
      case Calendar calendar -> calendar.toInstant();
      case TemporalAccessor time when isTime(time) -> time;
      case Optional<?> optional -> of(optional.orElse(null), where);
      case OptionalInt number -> number.isPresent() ? number.getAsInt() : null;
      case OptionalLong number -> number.isPresent() ? number.getAsLong() : null;
      case OptionalDouble number -> number.isPresent() ? number.getAsDouble() : null;
      case AtomicBoolean flag -> flag.get();
      case AtomicReference<?> reference -> of(reference.get(), where);
      case Enum<?> constant ->
          types.holds(constant.getDeclaringClass()) ? constant : constant.name();
      case Class<?> type -> type.getName();
      case Failure failure -> failure(failure, where);
      default -> hasOwnText(value) ? value.toString() : composed(value, where);
    };
  }

  /** Returns whether a value is of a type of the JDK whose text says all of it. */
  private static boolean hasOwnText(Object value) {
    return switch (value) {
      case TemporalAccessor _, TemporalAmount _, ZoneId _ -> true;
      case URI _, URL _, InetAddress _, File _ -> true;
      case Locale _, Currency _, Charset _, Pattern _ -> true;
      default -> false;
    };
  }

  private @Nullable Object composed(Object value, String where) {
    if (enclosing.size() > DEEP || !enclosing.add(value)) {
      return text(value, where);
    }
    try {
      return switch (value) {
        case TimeZone zone -> zone.getID();
        case Map<?, ?> map -> map(map, where);
        case Map.Entry<?, ?> entry ->
            map(Collections.singletonMap(entry.getKey(), entry.getValue()), where);
        case Iterable<?> items -> items(items.iterator(), where);
        case Iterator<?> items -> items(items, where);
        case Enumeration<?> items -> items(items.asIterator(), where);
        case BaseStream<?, ?> stream -> items(stream.iterator(), where);
        case Record object -> object(object, where);
        default -> value.getClass().isArray() ? array(value, where) : text(value, where);
      };
    } finally {
      enclosing.remove(value);
    }
  }

  private Object number(Number number, String where) {
    return switch (number) {
      case Integer _, Long _, Short _, Byte _, Double _, Float _, BigDecimal _, BigInteger _ ->
          number;
      default -> {
        try {
          var exact = new BigDecimal(number.toString());
          yield exact.scale() > 0 ? exact : whole(exact);
        } catch (NumberFormatException e) {
          yield text(number, where);
        }
      }
    };
  }

  private static Object whole(BigDecimal exact) {
    BigInteger whole = exact.toBigInteger();
    if (whole.bitLength() < Integer.SIZE) {
      return whole.intValueExact();
    }
    return whole.bitLength() < Long.SIZE ? (Object) whole.longValueExact() : whole;
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map, String where) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, item) -> {
      String name = key(key, where);
      if (plain.containsKey(name)) {
        warn.accept("%s has two keys that read '%s': the later one is kept".formatted(where, name));
      }
      plain.put(name, of(item, where + "." + name));
    });
    return plain;
  }

  private String key(@Nullable Object key, String where) {
    Object plain = of(key, "a key of " + where);
    return plain instanceof Enum<?> constant ? constant.name() : String.valueOf(plain);
  }

  private List<@Nullable Object> items(Iterator<?> items, String where) {
    var plain = new ArrayList<@Nullable Object>();
    while (items.hasNext()) {
      if (plain.size() == MANY) {
        warn.accept("%s has more than %d items: the first are kept".formatted(where, MANY));
        return plain;
      }
      plain.add(of(items.next(), where + "[" + plain.size() + "]"));
    }
    return plain;
  }

  private List<@Nullable Object> array(Object array, String where) {
    var plain = new ArrayList<@Nullable Object>();
    for (int at = 0; at < Array.getLength(array); at++) {
      plain.add(of(Array.get(array, at), where + "[" + at + "]"));
    }
    return plain;
  }

  /**
   * Returns a record of a type that journals hold as a record, and any other as a map of its
   * components.
   */
  private Object object(Record object, String where) {
    if (types.holds(object.getClass())) {
      var fields = plain(Reflected.components(object), where);
      return fields.isEmpty() ? object : Reflected.construct(object.getClass(), fields::get);
    }
    var plain = new LinkedHashMap<String, @Nullable Object>();
    for (var component : object.getClass().getRecordComponents()) {
      plain.put(
          component.getName(),
          of(Reflected.component(object, component), where + "." + component.getName()));
    }
    return plain;
  }

  /** Returns a failure whose fields can be encoded: the given one when its fields can. */
  private Failure failure(Failure failure, String where) {
    var fields = plain(Reflected.fields(failure), where);
    return fields.isEmpty()
        ? failure
        : (Failure) Reflected.construct(failure.getClass(), fields::get);
  }

  /** Returns all fields in their plain form; empty when none changes by that. */
  private Map<String, @Nullable Object> plain(List<Reflected.Field> fields, String where) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    boolean changed = false;
    for (var field : fields) {
      Object now = of(field.value(), where + "." + field.name());
      changed |= !java.util.Objects.equals(now, field.value());
      plain.put(field.name(), now);
    }
    return changed ? plain : Map.of();
  }

  private String text(@Nullable Object value, String where) {
    String type = value == null ? "null" : value.getClass().getName();
    warn.accept("%s is a %s, which is no plain value: its text is kept".formatted(where, type));
    return said(value).orElse(type);
  }

  private static Optional<String> said(@Nullable Object value) {
    try {
      return Optional.of(String.valueOf(value));
    } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Returns whether a time is of a type that the codec encodes. */
  private static boolean isTime(TemporalAccessor time) {
    return time instanceof Instant
        || time instanceof LocalDate
        || time instanceof LocalTime
        || time instanceof LocalDateTime
        || time instanceof OffsetDateTime
        || time instanceof ZonedDateTime;
  }
}
