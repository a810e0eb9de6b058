package conductor.script.java;

import conductor.script.CompiledParts;
import conductor.script.java.JavaEvaluation.Moved;
import conductor.script.java.JavaEvaluation.Variable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A compiled workflow in Java, as it is executed and kept.
 *
 * @param parts its instrumented classes, and what was found out by compiling
 * @param beginning the methods to call before anything else: {@code type method}
 * @param evaluations those of the snippets, in order; if the last one has a value, it is the result
 */
record CompiledSnippets(
    CompiledParts parts, List<String> beginning, List<JavaEvaluation> evaluations) {

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var file = new DataOutputStream(bytes)) {
      CompiledParts.writeAll(beginning, file);
      file.writeInt(evaluations.size());
      for (JavaEvaluation evaluation : evaluations) {
        write(evaluation.moved(), file);
        CompiledParts.writeAll(evaluation.calls(), file);
        write(evaluation.settled(), file);
        file.writeBoolean(evaluation.hasValue());
      }
      parts.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(List<Moved> all, DataOutput file) throws IOException {
    file.writeInt(all.size());
    for (Moved moved : all) {
      write(moved.from(), file);
      write(moved.to(), file);
    }
  }

  private static void write(Variable variable, DataOutput file) throws IOException {
    file.writeUTF(variable.type());
    file.writeUTF(variable.name());
  }

  /** Returns the workflow of what {@link #bytes} returned; empty for anything else. */
  static Optional<CompiledSnippets> of(byte[] bytes) {
    try (var file = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<String> beginning = CompiledParts.readAll(file);
      var evaluations = new ArrayList<JavaEvaluation>();
      for (int left = file.readInt(); left > 0; left--) {
        evaluations.add(
            new JavaEvaluation(
                readMoved(file), CompiledParts.readAll(file), readMoved(file), file.readBoolean()));
      }
      return Optional.of(
          new CompiledSnippets(CompiledParts.read(file), beginning, List.copyOf(evaluations)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<Moved> readMoved(DataInput file) throws IOException {
    var all = new ArrayList<Moved>();
    for (int left = file.readInt(); left > 0; left--) {
      all.add(new Moved(readVariable(file), readVariable(file)));
    }
    return List.copyOf(all);
  }

  private static Variable readVariable(DataInput file) throws IOException {
    return new Variable(file.readUTF(), file.readUTF());
  }
}
