package conductor.script.java;

import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Instruments compiled classes: sets their line numbers to those of the source file, turns {@code
 * System.exit} into an error, keeps {@code Map.of} and {@code Set.of} in order, and makes sessions
 * interruptible.
 */
final class JavaInstrumentation {

  private static final MethodTypeDesc OF_INT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
  private static final MethodTypeDesc OF_OBJECT =
      MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object);
  private static final int NO_STATEMENT = -1;
  private static final ClassDesc WORDS = ClassDesc.of(JavaControls.class.getName());

  private static final DirectMethodHandleDesc ORDERED =
      ConstantDescs.ofCallsiteBootstrap(
          ClassDesc.of(Ordered.class.getName()), "link", ConstantDescs.CD_CallSite);

  private final Map<String, byte[]> types;
  private final Map<String, Places> places = new ConcurrentHashMap<>();
  private final boolean breakable;
  private final ClassFile format;

  /**
   * The source of a class's code.
   *
   * @param lines the line in the file for each line of the class that has code from it
   * @param closing the line that ends a statement at the top level; {@link #NO_STATEMENT} for
   *     others
   */
  private record Places(String file, NavigableMap<Integer, Integer> lines, int closing) {}

  /**
   * Creates the instrumentation of compiled classes.
   *
   * @param types the bytes by class name; may grow
   * @param breakable whether an interrupt of the running thread ends busy code
   */
  JavaInstrumentation(Map<String, byte[]> types, boolean breakable) {
    this.types = types;
    this.breakable = breakable;
    this.format =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this::bytes)
                    .orElse(
                        ClassHierarchyResolver.ofClassLoading(
                            JavaClasses.class.getClassLoader()))));
  }

  /** Records the file and lines of a class; called before it is instrumented. */
  void place(JavaShell.Wrapped wrapped) {
    places.put(
        wrapped.type(),
        new Places(
            wrapped.source().fileName(),
            lines(wrapped),
            wrapped.statement() ? wrapped.closing() : NO_STATEMENT));
  }

  private @Nullable ByteArrayInputStream bytes(ClassDesc type) {
    String name = type.descriptorString().replaceAll("^L|;$", "").replace('/', '.');
    byte[] bytes = types.get(name);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  private static NavigableMap<Integer, Integer> lines(JavaShell.Wrapped wrapped) {
    var lines = new TreeMap<Integer, Integer>();
    String text = wrapped.wrapper().wrapped();
    int begin = 0;
    int number = 1;
    for (String line : text.split("\n", -1)) {
      for (int at = begin; at < begin + line.length(); at++) {
        int place = wrapped.place(at);
        if (place >= 0 && !Character.isWhitespace(text.charAt(at))) {
          lines.put(number, wrapped.source().line(place));
          break;
        }
      }
      begin += line.length() + 1;
      number++;
    }
    return lines;
  }

  /** Returns the instrumented bytes of a class; null when there is no class of that name. */
  byte @Nullable [] instrumented(String name) {
    byte[] bytes = types.get(name);
    return bytes == null ? null : placed(bytes, placesOf(name));
  }

  /** Returns the instrumented bytes of all classes, by name. */
  Map<String, byte[]> all() {
    var all = new TreeMap<String, byte[]>();
    types.forEach((name, bytes) -> all.put(name, placed(bytes, placesOf(name))));
    return all;
  }

  private Places placesOf(String name) {
    String outer = name;
    while (!places.containsKey(outer) && outer.lastIndexOf('$') > 0) {
      outer = outer.substring(0, outer.lastIndexOf('$'));
    }
    return places.getOrDefault(outer, new Places("", new TreeMap<>(), NO_STATEMENT));
  }

  private byte[] placed(byte[] bytes, Places places) {
    ClassTransform transform =
        ClassTransform.dropping(SourceFileAttribute.class::isInstance)
            .andThen(
                ClassTransform.endHandler(
                    builder -> builder.with(SourceFileAttribute.of(places.file()))))
            .andThen(
                ClassTransform.transformingMethods(
                    MethodTransform.transformingCode(
                        CodeTransform.ofStateful(() -> code(places.lines())))));
    return format.transformClass(
        format.parse(bytes),
        places.closing() != NO_STATEMENT ? returning(places).andThen(transform) : transform);
  }

  /**
   * Returns the transformation that wraps the value of the user's {@code return} at the top level,
   * and leaves the one that JShell adds at the end, which is on the closing line.
   */
  private static ClassTransform returning(Places places) {
    return ClassTransform.transformingMethods(
        method -> method.methodName().equalsString("do_it$"),
        MethodTransform.transformingCode(
            CodeTransform.ofStateful(() -> {
              var line = new AtomicInteger();
              return (builder, element) -> {
                if (element instanceof LineNumber number) {
                  line.set(number.line());
                }
                if (element instanceof ReturnInstruction && line.get() != places.closing()) {
                  builder.invokestatic(WORDS, "returned", OF_OBJECT);
                }
                builder.with(element);
              };
            })));
  }

  /** Returns the transformation of one method's code. */
  private CodeTransform code(NavigableMap<Integer, Integer> lines) {
    var passed = new HashSet<Label>();
    return (builder, element) -> {
      switch (element) {
        case LineNumber line -> {
          var entry = lines.floorEntry(line.line());
          if (entry != null) {
            builder.lineNumber(entry.getValue());
          }
        }
        case LabelTarget target -> {
          passed.add(target.label());
          builder.with(target);
        }
        case BranchInstruction branch when breakable && passed.contains(branch.target()) ->
            builder.invokestatic(WORDS, "goOn", NOTHING).with(branch);
        case InvokeInstruction call when isExit(call) ->
            builder.invokestatic(WORDS, "exit", OF_INT);
        case InvokeInstruction call when isUnordered(call) -> builder.invokedynamic(ordered(call));
        case InvokeInstruction call when breakable ->
            builder.invokestatic(WORDS, "goOn", NOTHING).with(call);
        case CodeElement other -> builder.with(other);
      }
    };
  }

  private static boolean isExit(InvokeInstruction call) {
    return call.owner().asInternalName().equals("java/lang/System")
        && call.name().equalsString("exit");
  }

  /** Returns whether a call is one whose order differs from process to process. */
  private static boolean isUnordered(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    return (owner.equals("java/util/Map") || owner.equals("java/util/Set"))
        && call.name().equalsString("of");
  }

  private static DynamicCallSiteDesc ordered(InvokeInstruction call) {
    boolean map = call.owner().asInternalName().equals("java/util/Map");
    return DynamicCallSiteDesc.of(ORDERED, map ? "map" : "set", call.typeSymbol());
  }
}
