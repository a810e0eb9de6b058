package conductor.cli.syntax;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * An option or a positional parameter of a command.
 *
 * @param names an option's names; empty for a positional parameter
 * @param index the positions that a positional parameter takes; empty for an option
 * @param arity how many words it takes
 * @param split what separates values in one word; empty when nothing does
 * @param fallback an option's value where its own is left out; null when it has none
 * @param help whether it asks for help
 * @param types its class, then those of its values: of an element, of a key and a value
 * @param mixin the command's field with the object that holds it; null when the command itself does
 * @param field the field that it sets
 */
record ArgumentSyntax(
    List<String> names,
    String index,
    String arity,
    String split,
    @Nullable String fallback,
    boolean required,
    boolean help,
    List<String> types,
    @Nullable FieldName mixin,
    FieldName field) {

  private static final Map<String, Class<?>> PRIMITIVES =
      Stream.of(boolean.class, int.class).collect(Collectors.toMap(Class::getName, type -> type));

  @SuppressWarnings("ReferenceEquality") // the mixin itself is looked for
  static ArgumentSyntax of(ArgSpec argument, Object command) {
    boolean isOption = argument instanceof OptionSpec;
    boolean isMore =
        argument.defaultValue() != null
            || argument.converters().length > 0
            || argument.interactive()
            || argument.group() != null
            || argument.inherited()
            || (argument instanceof OptionSpec option
                && (option.negatable() || option.versionHelp()));
    if (isMore) {
      throw new IllegalArgumentException("too little is held of " + argument);
    }
    Object holder = holder(argument);
    return new ArgumentSyntax(
        isOption ? List.of(((OptionSpec) argument).names()) : List.of(),
        argument instanceof PositionalParamSpec given ? given.index().toString() : "",
        argument.arity().toString(),
        argument.splitRegex(),
        isOption ? ((OptionSpec) argument).fallbackValue() : null,
        argument.required(),
        argument instanceof OptionSpec option && option.usageHelp(),
        Stream.concat(Stream.of(argument.type()), Arrays.stream(argument.auxiliaryTypes()))
            .map(Class::getName)
            .toList(),
        FieldName.ofThoseWith(Mixin.class, command)
            .filter(field -> (Object) field.handle().get(command) == holder)
            .findFirst()
            .orElse(null),
        FieldName.of((Field) argument.userObject()));
  }

  private static Object holder(ArgSpec argument) {
    try {
      return argument.scope().get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what picocli parses this argument with; it keeps the value in the command. */
  ArgSpec spec(Object command) {
    Object holder = mixin == null ? command : (Object) mixin.handle().get(command);
    var binding = new Binding(field.handle(), holder);
    Class<?>[] all = types.stream().map(ArgumentSyntax::type).toArray(Class<?>[]::new);
    Class<?>[] elements = Arrays.copyOfRange(all, 1, all.length);
    if (names.isEmpty()) {
      return PositionalParamSpec.builder()
          .index(index)
          .type(all[0])
          .auxiliaryTypes(elements)
          .arity(arity)
          .splitRegex(split)
          .required(required)
          .hasInitialValue(false) // the field has it
          .getter(binding)
          .setter(binding)
          .build();
    }
    String[] others = names.subList(1, names.size()).toArray(String[]::new);
    var option = OptionSpec.builder(names.getFirst(), others).usageHelp(help);
    if (fallback != null) {
      option.fallbackValue(fallback);
    }
    return option
        .type(all[0])
        .auxiliaryTypes(elements)
        .arity(arity)
        .splitRegex(split)
        .required(required)
        .hasInitialValue(false) // the field has it
        .getter(binding)
        .setter(binding)
        .build();
  }

  private static Class<?> type(String name) {
    try {
      Class<?> primitive = PRIMITIVES.get(name);
      return primitive == null ? Class.forName(name) : primitive;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  void write(DataOutput file) throws IOException {
    writeAll(names, file);
    file.writeUTF(index);
    file.writeUTF(arity);
    file.writeUTF(split);
    file.writeBoolean(fallback != null);
    if (fallback != null) {
      file.writeUTF(fallback);
    }
    file.writeBoolean(required);
    file.writeBoolean(help);
    writeAll(types, file);
    file.writeBoolean(mixin != null);
    if (mixin != null) {
      mixin.write(file);
    }
    field.write(file);
  }

  static ArgumentSyntax read(DataInput in) throws IOException {
    return new ArgumentSyntax(
        readAll(in),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readBoolean() ? in.readUTF() : null,
        in.readBoolean(),
        in.readBoolean(),
        readAll(in),
        in.readBoolean() ? FieldName.read(in) : null,
        FieldName.read(in));
  }

  private static void writeAll(List<String> texts, DataOutput file) throws IOException {
    file.writeByte(texts.size());
    for (String text : texts) {
      file.writeUTF(text);
    }
  }

  private static List<String> readAll(DataInput in) throws IOException {
    var texts = new String[in.readByte()];
    for (int n = 0; n < texts.length; n++) {
      texts[n] = in.readUTF();
    }
    return List.of(texts);
  }

  /** The field of an object that holds an argument's value. */
  private record Binding(VarHandle field, Object holder) implements IGetter, ISetter {

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> @Nullable T get() {
      if (field.varType() == boolean.class) {
        return (T) (Boolean) (boolean) field.get(holder);
      } else if (field.varType() == int.class) {
        return (T) (Integer) (int) field.get(holder);
      }
      return (T) (Object) field.get(holder);
    }

    @Override
    public <T> @Nullable T set(T value) {
      T before = get();
      if (value instanceof Boolean flag && field.varType() == boolean.class) {
        field.set(holder, (boolean) flag);
      } else if (value instanceof Integer number && field.varType() == int.class) {
        field.set(holder, (int) number);
      } else {
        field.set(holder, value);
      }
      return before;
    }
  }
}
