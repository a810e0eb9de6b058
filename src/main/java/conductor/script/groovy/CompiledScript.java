package conductor.script.groovy;

import conductor.script.Library;
import conductor.script.Needs;
import conductor.script.ScriptInfo;
import conductor.script.YieldSite;
import conductor.state.Digest;
import conductor.state.TextFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A compiled workflow as it is kept: its classes, and what was found out by compiling.
 *
 * @param main the name of the script's class
 * @param classes the bytes of all classes, by name
 * @param looked the digests of the library's files that were looked for, by relative path; empty
 *     for a file that was not there
 */
record CompiledScript(
    String main,
    Map<String, byte[]> classes,
    Map<String, String> looked,
    List<ScriptInfo.Parameter> parameters,
    Needs needs) {

  /** Returns the digest of a file's text. */
  static String digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
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
      file.writeInt(classes.size());
      for (Map.Entry<String, byte[]> type : classes.entrySet()) {
        file.writeUTF(type.getKey());
        file.writeInt(type.getValue().length);
        file.write(type.getValue());
      }
      file.writeInt(looked.size());
      for (Map.Entry<String, String> one : looked.entrySet()) {
        file.writeUTF(one.getKey());
        file.writeUTF(one.getValue());
      }
      file.writeInt(parameters.size());
      for (ScriptInfo.Parameter parameter : parameters) {
        file.writeUTF(parameter.name());
        file.writeUTF(parameter.type());
        file.writeBoolean(parameter.required());
        file.writeUTF(parameter.defaultText());
        file.writeUTF(parameter.about());
      }
      write(needs, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Needs needs, DataOutput file) throws IOException {
    writeAll(needs.effects(), file);
    writeAll(needs.agentTypes(), file);
    file.writeBoolean(needs.defaultAgent());
    file.writeBoolean(needs.handlesAgents());
    file.writeBoolean(needs.issue());
    file.writeInt(needs.sites().size());
    for (YieldSite site : needs.sites()) {
      file.writeUTF(site.file());
      file.writeInt(site.line());
      file.writeInt(site.lastLine());
      file.writeUTF(site.method());
      file.writeUTF(site.what());
    }
  }

  private static void writeAll(Iterable<String> texts, DataOutput file) throws IOException {
    for (String text : texts) {
      file.writeBoolean(true);
      file.writeUTF(text);
    }
    file.writeBoolean(false);
  }

  /** Returns the script of what {@link #bytes} returned; empty for anything else. */
  static Optional<CompiledScript> of(byte[] bytes) {
    try (var file = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String main = file.readUTF();
      var classes = new LinkedHashMap<String, byte[]>();
      for (int left = file.readInt(); left > 0; left--) {
        String name = file.readUTF();
        var content = new byte[file.readInt()];
        file.readFully(content);
        classes.put(name, content);
      }
      var looked = new TreeMap<String, String>();
      for (int left = file.readInt(); left > 0; left--) {
        looked.put(file.readUTF(), file.readUTF());
      }
      var parameters = new ArrayList<ScriptInfo.Parameter>();
      for (int left = file.readInt(); left > 0; left--) {
        parameters.add(
            new ScriptInfo.Parameter(
                file.readUTF(),
                file.readUTF(),
                file.readBoolean(),
                file.readUTF(),
                file.readUTF()));
      }
      return Optional.of(new CompiledScript(main, classes, looked, parameters, readNeeds(file)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Needs readNeeds(DataInput file) throws IOException {
    Set<String> effects = new TreeSet<>(readAll(file));
    Set<String> agentTypes = new TreeSet<>(readAll(file));
    boolean defaultAgent = file.readBoolean();
    boolean handlesAgents = file.readBoolean();
    boolean issue = file.readBoolean();
    var sites = new ArrayList<YieldSite>();
    for (int left = file.readInt(); left > 0; left--) {
      sites.add(
          new YieldSite(
              file.readUTF(), file.readInt(), file.readInt(), file.readUTF(), file.readUTF()));
    }
    return new Needs(effects, agentTypes, defaultAgent, handlesAgents, issue, sites);
  }

  private static List<String> readAll(DataInput file) throws IOException {
    var texts = new ArrayList<String>();
    while (file.readBoolean()) {
      texts.add(file.readUTF());
    }
    return texts;
  }
}
