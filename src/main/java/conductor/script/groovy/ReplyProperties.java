package conductor.script.groovy;

import conductor.effect.Attempt;
import conductor.effect.Families;
import conductor.effect.Own;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Installs {@link RecordProperties} for all types that scripts get from effects: replies, failures,
 * and effects themselves.
 */
final class ReplyProperties {

  private ReplyProperties() {}

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
    RecordProperties.install(Own.class);
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
}
