package conductor.script;

import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one run of a workflow in Java. Their line numbers are made those of the file, and
 * {@code System.exit} becomes an error.
 */
final class JavaClasses extends ClassLoader {

  private static final MethodTypeDesc OF_INT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
  private static final ClassDesc WORDS = ClassDesc.of(JavaWords.class.getName());

  private final Map<String, byte[]> types;
  private final Map<String, NavigableMap<Integer, Integer>> lines = new HashMap<>();
  private final String file;
  private final ClassFile format;

  JavaClasses(String file, JavaCompiler.Compiled compiled) {
    super(JavaClasses.class.getClassLoader());
    this.file = file;
    this.types = compiled.types();
    this.format =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this::bytes)
                    .orElse(ClassHierarchyResolver.ofClassLoading(getParent()))));
    compiled
        .wrapped()
        .forEach(wrapped -> lines.put(wrapped.type(), lines(wrapped, compiled.source())));
  }

  private @Nullable ByteArrayInputStream bytes(ClassDesc type) {
    String name = type.descriptorString().replaceAll("^L|;$", "").replace('/', '.');
    byte[] bytes = types.get(name);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  /** The file's line for each line of a class that has code of the file. */
  private static NavigableMap<Integer, Integer> lines(
      JavaCompiler.Wrapped wrapped, JavaSource source) {
    var lines = new TreeMap<Integer, Integer>();
    String text = wrapped.wrapper().wrapped();
    int begin = 0;
    int number = 1;
    for (String line : text.split("\n", -1)) {
      for (int at = begin; at < begin + line.length(); at++) {
        int place = wrapped.place(at);
        if (place >= 0 && !Character.isWhitespace(text.charAt(at))) {
          lines.put(number, source.line(place));
          break;
        }
      }
      begin += line.length() + 1;
      number++;
    }
    return lines;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = types.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] placed = placed(bytes, linesOf(name));
    return defineClass(name, placed, 0, placed.length);
  }

  private NavigableMap<Integer, Integer> linesOf(String name) {
    String outer = name;
    while (!lines.containsKey(outer) && outer.lastIndexOf('$') > 0) {
      outer = outer.substring(0, outer.lastIndexOf('$'));
    }
    return lines.getOrDefault(outer, new TreeMap<>());
  }

  private byte[] placed(byte[] bytes, NavigableMap<Integer, Integer> lines) {
    CodeTransform code =
        (builder, element) -> {
          switch (element) {
            case LineNumber line -> {
              var entry = lines.floorEntry(line.line());
              if (entry != null) {
                builder.lineNumber(entry.getValue());
              }
            }
            case InvokeInstruction call when isExit(call) ->
                builder.invokestatic(WORDS, "exit", OF_INT);
            case CodeElement other -> builder.with(other);
          }
        };
    ClassTransform transform =
        ClassTransform.dropping(SourceFileAttribute.class::isInstance)
            .andThen(
                ClassTransform.endHandler(builder -> builder.with(SourceFileAttribute.of(file))))
            .andThen(ClassTransform.transformingMethods(MethodTransform.transformingCode(code)));
    return format.transformClass(format.parse(bytes), transform);
  }

  private static boolean isExit(InvokeInstruction call) {
    return call.owner().asInternalName().equals("java/lang/System")
        && call.name().equalsString("exit");
  }
}
