package conductor.script.groovy;

import conductor.effect.Attempt;
import conductor.effect.Families;
import conductor.effect.Own;
import conductor.effect.Spelt;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import groovy.lang.DelegatingMetaClass;
import groovy.lang.GroovySystem;
import groovy.lang.MetaClass;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metaclass that lets scripts read the components of a reply or a failure in both spellings:
 * {@code baseCommit} and {@code base_commit}.
 */
final class RecordProperties extends DelegatingMetaClass {

  private final Map<String, Method> accessors = new HashMap<>();
  private final Map<String, Field> fields = new HashMap<>();

  private RecordProperties(Class<?> type, MetaClass usual) {
    super(usual);
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        accessors.put(component.getName(), component.getAccessor());
        accessors.put(Parameter.snake(component.getName()), component.getAccessor());
        Spelt spelt = component.getAnnotation(Spelt.class);
        if (spelt != null) {
          accessors.put(spelt.value(), component.getAccessor());
        }
      }
    }
    for (Field field : type.getFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        fields.put(Parameter.snake(field.getName()), field);
      }
    }
  }

  /** Installs this for all types that scripts get from effects: replies, failures, effects. */
  static void install() {
    var types = new LinkedHashSet<Class<?>>();
    types.add(Attempt.Ok.class);
    types.add(Attempt.Err.class);
    for (Signature signature : Vocabulary.standard().signatures()) {
      types.add(signature.type());
      for (Type family : signature.type().getGenericInterfaces()) {
        collect(family, types);
      }
    }
    types.addAll(Families.failures());
    types.forEach(RecordProperties::install);
    install(Own.class);
  }

  private static void collect(Type type, Set<Class<?>> types) {
    switch (type) {
      case ParameterizedType generic -> {
        for (Type argument : generic.getActualTypeArguments()) {
          collect(argument, types);
        }
      }
      case Class<?> plain when plain.isRecord() -> types.add(plain);
      default -> {}
    }
  }

  private static void install(Class<?> type) {
    var registry = GroovySystem.getMetaClassRegistry();
    MetaClass usual = registry.getMetaClass(type);
    if (!(usual instanceof RecordProperties)) {
      var properties = new RecordProperties(type, usual);
      properties.initialize();
      registry.setMetaClass(type, properties);
    }
  }

  @Override
  public @Nullable Object getProperty(Object object, String name) {
    if (object instanceof Own own && own.arguments().containsKey(name)) {
      return own.arguments().get(name);
    }
    try {
      Method accessor = accessors.get(name);
      if (accessor != null) {
        return accessor.invoke(object);
      }
      Field field = fields.get(name);
      return field == null ? super.getProperty(object, name) : field.get(object);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
