package conductor.effect.vocabulary;

import conductor.effect.About;
import conductor.effect.BadArguments;
import conductor.effect.Coercion;
import conductor.effect.Effect;
import conductor.effect.Foreseen;
import conductor.effect.HandlingFailure;
import conductor.effect.OfAgents;
import conductor.effect.OnFailure;
import conductor.effect.Own;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an effect, with which scripts construct it by name or by position.
 *
 * @param type the type of the effect; {@link Own} for effects that scripts define
 * @param replyType the type of the reply; {@code Object} for any
 * @param parameters the parameters, in order
 * @param about description of the effect for users
 * @param example a line of script that uses it
 */
public record Signature(
    String name,
    Class<? extends Effect<?>> type,
    Type replyType,
    List<Parameter> parameters,
    String about,
    String example) {

  /** The parameter that every effect has but those that scripts define. */
  private static final Parameter ON_FAILURE =
      new Parameter("on_failure", "onFailure", "", OnFailure.class, false, false, "");

  static Signature of(Class<? extends Effect<?>> type) {
    About about = type.getAnnotation(About.class);
    return new Signature(
        type.getSimpleName(),
        type,
        replyType(type),
        Arrays.stream(type.getRecordComponents()).map(Parameter::of).toList(),
        about == null ? "" : about.value(),
        about == null ? "" : about.example());
  }

  /** Returns the signature of an effect that a script defines. */
  public static Signature own(
      String name, List<Parameter> parameters, Type replyType, String about, String example) {
    return new Signature(name, Own.class, replyType, parameters, about, example);
  }

  private static Type replyType(Class<?> type) {
    return type.getGenericInterfaces()[0] instanceof ParameterizedType family
        ? family.getActualTypeArguments()[0]
        : Object.class;
  }

  /** Returns the name of the reply's type as users know it. */
  public String reply() {
    return Coercion.describe(replyType);
  }

  /** Returns the text that a plan takes for the reply; empty for a plain value of its type. */
  public Optional<String> foreseen() {
    return Optional.ofNullable(type.getAnnotation(Foreseen.class)).map(Foreseen::value);
  }

  /** Returns whether the effect waits for an agent, which may ask people something meanwhile. */
  public boolean isOfAgents() {
    return type.isAnnotationPresent(OfAgents.class);
  }

  /**
   * Converts the answer of a handler in script into a reply of this effect.
   *
   * @throws HandlingFailure.WrongReply when the answer does not fit the reply's type
   */
  public @Nullable Object answer(@Nullable Object answer) {
    if (replyType == Void.class) {
      return null;
    }
    if (answer instanceof Effect<?> effect) {
      throw new HandlingFailure.WrongReply(
          name,
          reply(),
          "the effect %s, which nobody performed: write perform(...)".formatted(effect.kind()));
    }
    if (!(replyType instanceof Class<?>) && !(replyType instanceof ParameterizedType)) {
      return answer;
    }
    if (answer == null) {
      if (replyType == Object.class || type == Own.class) {
        return null;
      }
      throw new HandlingFailure.WrongReply(name, reply(), "null");
    }
    try {
      return Coercion.to(replyType, answer);
    } catch (IllegalArgumentException e) {
      throw new HandlingFailure.WrongReply(
          name, reply(), "%s (%s)".formatted(answer, answer.getClass().getSimpleName()));
    }
  }

  /** Returns the parameter that a name, in either spelling, means; empty when there is none. */
  public Optional<Parameter> parameter(String given) {
    Stream<Parameter> ofAll = type == Own.class ? Stream.of() : Stream.of(ON_FAILURE);
    return Stream.concat(parameters.stream(), ofAll)
        .filter(parameter -> parameter.isSpelt(given))
        .findFirst();
  }

  /** Returns the error message for a name that no parameter has. */
  public String unknown(String given) {
    String hint = Nearest.hint(given, parameters.stream().map(Parameter::name).toList());
    return "%s has no parameter '%s'%s signature: %s"
        .formatted(name, given, hint.isEmpty() ? ";" : hint, this);
  }

  /** Returns the error message for a parameter that is missing. */
  public String missing(Parameter parameter) {
    return "%s needs '%s' (%s); signature: %s"
        .formatted(name, parameter.name(), parameter.typeName(), this);
  }

  /**
   * Constructs the effect.
   *
   * @param named arguments by name, in either spelling
   * @throws BadArguments for an unknown, missing, doubled or ill-typed argument
   */
  public Effect<?> bind(Map<?, ?> named, List<?> positional) {
    var given = new LinkedHashMap<Parameter, @Nullable Object>();
    place(positional, given);
    named.forEach((key, value) -> {
      Parameter parameter =
          parameter(String.valueOf(key))
              .orElseThrow(() -> new BadArguments(unknown(String.valueOf(key))));
      if (given.containsKey(parameter)) {
        throw new BadArguments(
            "%s is given '%s' twice; signature: %s".formatted(name, parameter.name(), this));
      }
      given.put(parameter, value);
    });
    Object onFailure = given.remove(ON_FAILURE);
    Effect<?> effect = construct(given);
    return onFailure == null
        ? effect
        : effect.withOnFailure((OnFailure) coerced(ON_FAILURE, onFailure));
  }

  private void place(List<?> positional, Map<Parameter, @Nullable Object> given) {
    List<?> rest = positional;
    Optional<Parameter> leading = parameters.stream().filter(Parameter::leading).findFirst();
    if (leading.isPresent() && !positional.isEmpty() && positional.get(0) instanceof CharSequence) {
      given.put(leading.get(), positional.get(0));
      rest = positional.subList(1, positional.size());
    }
    var places = new ArrayList<>(parameters);
    places.removeAll(given.keySet());
    if (rest.size() > places.size()) {
      throw new BadArguments(
          "%s takes %d arguments, found %d; signature: %s"
              .formatted(name, parameters.size(), positional.size(), this));
    }
    for (int i = 0; i < rest.size(); i++) {
      given.put(places.get(i), rest.get(i));
    }
  }

  private Effect<?> construct(Map<Parameter, @Nullable Object> given) {
    var values = new ArrayList<@Nullable Object>();
    for (Parameter parameter : parameters) {
      Object value = given.get(parameter);
      if (value == null && parameter.required()) {
        throw new BadArguments(missing(parameter));
      }
      values.add(value == null ? null : coerced(parameter, value));
    }
    return make(values.toArray());
  }

  private Object coerced(Parameter parameter, Object value) {
    try {
      return Coercion.to(parameter.type(), value);
    } catch (IllegalArgumentException e) {
      throw new BadArguments(
          "%s's '%s' must be %s, found %s (%s)%s; signature: %s"
              .formatted(
                  name,
                  parameter.name(),
                  parameter.typeName(),
                  value,
                  value.getClass().getSimpleName(),
                  e.getMessage() == null ? "" : ": " + e.getMessage(),
                  this));
    }
  }

  /**
   * Returns a value converted to the type of a parameter; null for null.
   *
   * @throws BadArguments when it is ill-typed
   */
  public @Nullable Object argument(String parameter, @Nullable Object value) {
    return value == null ? null : coerced(parameter(parameter).orElseThrow(), value);
  }

  private Effect<?> make(@Nullable Object[] values) {
    if (type == Own.class) {
      var arguments = new LinkedHashMap<String, @Nullable Object>();
      for (int i = 0; i < values.length; i++) {
        arguments.put(parameters.get(i).name(), values[i]);
      }
      return new Own(name, arguments);
    }
    try {
      Stream<Class<?>> types =
          Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType);
      return type.getDeclaredConstructor(types.toArray(Class<?>[]::new)).newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? new BadArguments(name + ": " + cause.getMessage())
          : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the signature for readers, such as {@code Commit(env, message, all?)}. */
  @Override
  public String toString() {
    return name
        + parameters.stream().map(Parameter::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
