package conductor.script;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is kept of a compiled workflow in any language: its classes, and what was found out by
 * compiling it.
 *
 * @param classes the bytes of all classes, by name
 */
public record CompiledParts(
    Map<String, byte[]> classes, List<ScriptInfo.Parameter> parameters, Needs needs) {

  /** Writes the parts for {@link #read}. */
  public void write(DataOutput file) throws IOException {
    file.writeInt(classes.size());
    for (Map.Entry<String, byte[]> type : classes.entrySet()) {
      file.writeUTF(type.getKey());
      file.writeInt(type.getValue().length);
      file.write(type.getValue());
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

  /** Writes texts for {@link #readAll}. */
  public static void writeAll(Collection<String> texts, DataOutput file) throws IOException {
    file.writeInt(texts.size());
    for (String text : texts) {
      file.writeUTF(text);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static CompiledParts read(DataInput file) throws IOException {
    var classes = new LinkedHashMap<String, byte[]>();
    for (int left = file.readInt(); left > 0; left--) {
      String name = file.readUTF();
      var content = new byte[file.readInt()];
      file.readFully(content);
      classes.put(name, content);
    }
    var parameters = new ArrayList<ScriptInfo.Parameter>();
    for (int left = file.readInt(); left > 0; left--) {
      parameters.add(
          new ScriptInfo.Parameter(
              file.readUTF(), file.readUTF(), file.readBoolean(), file.readUTF(), file.readUTF()));
    }
    return new CompiledParts(classes, parameters, readNeeds(file));
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

  /** Reads what {@link #writeAll} wrote. */
  public static List<String> readAll(DataInput file) throws IOException {
    var texts = new ArrayList<String>();
    for (int left = file.readInt(); left > 0; left--) {
      texts.add(file.readUTF());
    }
    return List.copyOf(texts);
  }
}
