package conductor.script.groovy;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SUPER;
import static java.lang.classfile.ClassFile.ACC_VARARGS;

import conductor.effect.Effect;
import conductor.effect.vocabulary.Vocabulary;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/**
 * The class of the built-in effects' words, made from the vocabulary: for each effect a static
 * method of its name that has {@link GroovyEffects#make} construct it. Scripts import it
 * statically, so that a word is resolved like any other method, and a script's own declaration of
 * the same name takes precedence. The build keeps it beside the other classes; where it did not, it
 * is made when it is first needed.
 */
public final class GroovyWords {

  /** The generated class's name. */
  public static final String NAME = GroovyWords.class.getPackageName() + ".BuiltInEffects";

  static final Class<?> TYPE = find();

  private GroovyWords() {}

  private static Class<?> find() {
    try {
      return Class.forName(NAME);
    } catch (ClassNotFoundException e) {
      return define();
    }
  }

  private static Class<?> define() {
    try {
      return MethodHandles.lookup().defineClass(code());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the code of the class. */
  public static byte[] code() {
    return ClassFile.of()
        .build(
            ClassDesc.of(NAME),
            words -> {
              words.withFlags(ACC_PUBLIC | ACC_FINAL | ACC_SUPER);
              Vocabulary.standard().names().forEach(name -> word(words, name));
            });
  }

  /** Adds {@code public static Effect NAME(Object... all) { return make(NAME, all); }}. */
  private static void word(ClassBuilder words, String name) {
    ClassDesc effect = ClassDesc.of(Effect.class.getName());
    ClassDesc arguments = ConstantDescs.CD_Object.arrayType();
    words.withMethodBody(
        name,
        MethodTypeDesc.of(effect, arguments),
        ACC_PUBLIC | ACC_STATIC | ACC_VARARGS,
        body ->
            body.loadConstant(name)
                .aload(0)
                .invokestatic(
                    ClassDesc.of(GroovyEffects.class.getName()),
                    "make",
                    MethodTypeDesc.of(effect, ConstantDescs.CD_String, arguments))
                .areturn());
  }
}
