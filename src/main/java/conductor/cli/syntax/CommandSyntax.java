package conductor.cli.syntax;

import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;

/**
 * What a command and those below it take, as data. Reading a command's annotations takes longer
 * than all that most commands do; the build reads them once and keeps a file for each command
 * beside the classes ({@code src/main/build/KeepAnnotations.java}).
 *
 * <p>It is enough to understand a correct command line. Help, completion and errors are made from
 * the annotations.
 *
 * @param name the word that calls it
 * @param type its class
 * @param parent the field for the command above it; null when it needs none
 */
public record CommandSyntax(
    String name,
    String type,
    @Nullable FieldName parent,
    List<ArgumentSyntax> arguments,
    List<CommandSyntax> below) {

  /** Returns the syntax of a command; empty when the build kept none. */
  public static Optional<CommandSyntax> find(String name) {
    try (InputStream file = CommandSyntax.class.getResourceAsStream(name + ".syntax")) {
      return file == null
          ? Optional.empty()
          : Optional.of(read(new DataInputStream(new BufferedInputStream(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the syntax of a command that is described by annotations.
   *
   * @throws IllegalArgumentException when it uses something that is not held
   */
  public static CommandSyntax of(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    return new CommandSyntax(
        spec.name(),
        spec.userObject().getClass().getName(),
        FieldName.ofThoseWith(ParentCommand.class, spec.userObject()).findFirst().orElse(null),
        Stream.concat(spec.options().stream(), spec.positionalParameters().stream())
            .map(argument -> ArgumentSyntax.of(argument, spec.userObject()))
            .toList(),
        line.getSubcommands().values().stream().distinct().map(CommandSyntax::of).toList());
  }

  /**
   * Returns what picocli parses a command line with.
   *
   * @param command an instance of the command's class
   * @param above the instance of the command above it
   */
  public CommandSpec spec(Object command, Object above) {
    if (parent != null) {
      parent.handle().set(command, above);
    }
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
    arguments.forEach(argument -> spec.add(argument.spec(command)));
    below.forEach(syntax -> spec.addSubcommand(syntax.name, syntax.spec(syntax.create(), command)));
    return spec;
  }

  private Object create() {
    try {
      var constructor = Class.forName(type).getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes this syntax in the form that {@link #find} reads. */
  public void write(DataOutput file) throws IOException {
    file.writeUTF(name);
    file.writeUTF(type);
    file.writeBoolean(parent != null);
    if (parent != null) {
      parent.write(file);
    }
    file.writeShort(arguments.size());
    for (ArgumentSyntax argument : arguments) {
      argument.write(file);
    }
    file.writeShort(below.size());
    for (CommandSyntax syntax : below) {
      syntax.write(file);
    }
  }

  private static CommandSyntax read(DataInput in) throws IOException {
    String name = in.readUTF();
    String type = in.readUTF();
    FieldName parent = in.readBoolean() ? FieldName.read(in) : null;
    var arguments = new ArgumentSyntax[in.readShort()];
    for (int n = 0; n < arguments.length; n++) {
      arguments[n] = ArgumentSyntax.read(in);
    }
    var below = new CommandSyntax[in.readShort()];
    for (int n = 0; n < below.length; n++) {
      below[n] = read(in);
    }
    return new CommandSyntax(name, type, parent, List.of(arguments), List.of(below));
  }
}
