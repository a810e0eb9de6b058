package conductor.script.groovy;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Own;
import conductor.effect.Spelt;
import conductor.scenario.Outcome;
import conductor.state.SnakeCase;
import groovy.lang.DelegatingMetaClass;
import groovy.lang.GroovySystem;
import groovy.lang.MetaClass;
import groovy.lang.MetaClassRegistry;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
        accessors.put(SnakeCase.of(component.getName()), component.getAccessor());
        Spelt spelt = component.getAnnotation(Spelt.class);
        if (spelt != null) {
          accessors.put(spelt.value(), component.getAccessor());
        }
      }
    }
    for (Field field : type.getFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        fields.put(SnakeCase.of(field.getName()), field);
      }
    }
  }

  /**
   * Has Groovy make these for all types that scripts get from effects: replies, failures, effects.
   * Each is made when a script first uses a value of it.
   */
  static void install() {
    MetaClassRegistry registry = GroovySystem.getMetaClassRegistry();
    if (!(registry.getMetaClassCreationHandler() instanceof Creation)) {
      registry.setMetaClassCreationHandle(new Creation());
    }
  }

  /** Makes the metaclasses of all types. */
  private static final class Creation extends MetaClassRegistry.MetaClassCreationHandle {

    private static final String REPLIES = Effect.class.getPackageName() + ".";
    private static final String SEEN = Outcome.class.getPackageName() + ".";

    @Override
    @SuppressWarnings("rawtypes") // as it is declared
    protected MetaClass createNormalMetaClass(Class type, MetaClassRegistry registry) {
      MetaClass usual = super.createNormalMetaClass(type, registry);
      return isReply(type) ? new RecordProperties(type, usual) : usual;
    }

    private static boolean isReply(Class<?> type) {
      String name = type.getName();
      return (name.startsWith(REPLIES) || name.startsWith(SEEN))
          && (type.isRecord() || Failure.class.isAssignableFrom(type));
    }
  }

  @Override
  public @Nullable Object getProperty(Object object, String name) {
    return isComponent(object, name) ? component(object, name) : super.getProperty(object, name);
  }

  /** Does the same for {@code list*.exit_code}. */
  @Override
  @SuppressWarnings("rawtypes") // as it is declared
  public @Nullable Object getProperty(
      Class sender, Object object, String name, boolean ofSuper, boolean within) {
    return isComponent(object, name)
        ? component(object, name)
        : super.getProperty(sender, object, name, ofSuper, within);
  }

  private boolean isComponent(Object object, String name) {
    return accessors.containsKey(name)
        || fields.containsKey(name)
        || (object instanceof Own own && own.arguments().containsKey(name));
  }

  private @Nullable Object component(Object object, String name) {
    if (object instanceof Own own && own.arguments().containsKey(name)) {
      return own.arguments().get(name);
    }
    try {
      Method accessor = accessors.get(name);
      return accessor != null
          ? accessor.invoke(object)
          : Objects.requireNonNull(fields.get(name)).get(object);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
