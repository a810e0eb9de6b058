package conductor.cli.syntax;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;

/** Where a command keeps something: a field and the class that declares it. */
record FieldName(String type, String name) {

  static FieldName of(Field field) {
    return new FieldName(field.getDeclaringClass().getName(), field.getName());
  }

  /** Returns the fields of an object, those of its superclasses too, that have an annotation. */
  static Stream<FieldName> ofThoseWith(Class<? extends Annotation> annotation, Object object) {
    return Stream.<Class<?>>iterate(
            object.getClass(), type -> type != Object.class, Class::getSuperclass)
        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
        .filter(field -> field.isAnnotationPresent(annotation))
        .map(FieldName::of);
  }

  /** Returns the field of an object; reading and writing it makes the JVM generate no code. */
  VarHandle handle() {
    try {
      Class<?> owner = Class.forName(type);
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .unreflectVarHandle(owner.getDeclaredField(name));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  void write(DataOutput file) throws IOException {
    file.writeUTF(type);
    file.writeUTF(name);
  }

  static FieldName read(DataInput in) throws IOException {
    return new FieldName(in.readUTF(), in.readUTF());
  }
}
