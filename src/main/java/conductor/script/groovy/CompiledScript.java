package conductor.script.groovy;

import conductor.script.CompiledParts;
import conductor.script.Library;
import conductor.state.Digest;
import conductor.state.TextFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A compiled workflow as it is kept.
 *
 * @param main the name of the script's class
 * @param looked the digests of the library's files that were looked for, by relative path; empty
 *     for a file that was not there
 */
record CompiledScript(String main, Map<String, String> looked, CompiledParts parts) {

  /** Returns the digest of a file's text. */
  static String digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns what tells this from the same script with other files of a library. */
  String variant() {
    return digest(new TreeMap<>(looked).toString());
  }

  /**
   * Returns the texts of the library's files that were loaded, by file; empty when the library has
   * others than when this was compiled.
   */
  Optional<Map<Path, String>> loaded(Library library) {
    var texts = new LinkedHashMap<Path, String>();
    for (Map.Entry<String, String> one : looked.entrySet()) {
      Optional<Path> file = library.file(one.getKey());
      String digest = "";
      if (file.isPresent()) {
        String text = Sources.withoutMark(TextFile.read(file.get()));
        digest = digest(text);
        texts.put(file.get(), text);
      }
      if (!digest.equals(one.getValue())) {
        return Optional.empty();
      }
    }
    return Optional.of(texts);
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var file = new DataOutputStream(bytes)) {
      file.writeUTF(main);
      file.writeInt(looked.size());
      for (Map.Entry<String, String> one : looked.entrySet()) {
        file.writeUTF(one.getKey());
        file.writeUTF(one.getValue());
      }
      parts.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Returns the script of what {@link #bytes} returned; empty for anything else. */
  static Optional<CompiledScript> of(byte[] bytes) {
    try (var file = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String main = file.readUTF();
      var looked = new TreeMap<String, String>();
      for (int left = file.readInt(); left > 0; left--) {
        looked.put(file.readUTF(), file.readUTF());
      }
      return Optional.of(new CompiledScript(main, looked, CompiledParts.read(file)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
