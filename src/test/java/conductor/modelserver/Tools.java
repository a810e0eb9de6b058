package conductor.modelserver;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Turns what a script wants done into a call of a tool that the agent offers. */
final class Tools {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** What claude names its tool for a structured answer. */
  private static final String STRUCTURED = "StructuredOutput";

  private static final String CODEX_SHELL = "exec_command";

  /** As long as codex may be told to wait, in ms; then it leaves a command to itself. */
  private static final int CODEX_PATIENCE = 30_000;

  private static final List<String> WRITERS = List.of("Write", "write", "write_file", CODEX_SHELL);

  private static final List<String> SHELLS =
      List.of("Bash", "bash", "run_shell_command", CODEX_SHELL);

  private Tools() {}

  static Answer answer(Directive.Act act, Asked asked) {
    return switch (act) {
      case Directive.Say say -> new Answer.Text(say.text());
      case Directive.Structured structured -> structured(structured.json(), asked);
      case Directive.Write write -> write(write, asked);
      case Directive.Bash bash -> bash(bash.command(), asked);
      case Directive.Tool tool -> called(tool, asked);
      case Directive.Hang hang -> throw new IllegalArgumentException("no answer to " + hang);
    };
  }

  private static Answer structured(String json, Asked asked) {
    return asked.tools().contains(STRUCTURED)
        ? new Answer.Call(STRUCTURED, (ObjectNode) JSON.readTree(json))
        : new Answer.Text(json);
  }

  private static Answer write(Directive.Write write, Asked asked) {
    String tool = offered(asked, WRITERS);
    String path = absolute(write.path(), asked.directory());
    ObjectNode arguments = JSON.createObjectNode();
    if (tool.equals(CODEX_SHELL)) {
      arguments.put("cmd", patch(path, write.content()));
    } else {
      arguments.put(tool.equals("write") ? "filePath" : "file_path", path);
      arguments.put("content", write.content());
    }
    return new Answer.Call(tool, arguments);
  }

  private static Answer bash(String command, Asked asked) {
    String tool = offered(asked, SHELLS);
    ObjectNode arguments = JSON.createObjectNode();
    if (tool.equals(CODEX_SHELL)) {
      arguments.put("cmd", command).put("yield_time_ms", CODEX_PATIENCE);
    } else {
      arguments.put("command", command).put("description", "what the script says");
    }
    return new Answer.Call(tool, arguments);
  }

  private static Answer called(Directive.Tool tool, Asked asked) {
    String name =
        asked.tools().stream()
            .filter(offered -> offered.endsWith(tool.name()))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no " + tool.name() + " in " + asked.tools()));
    return new Answer.Call(name, (ObjectNode) JSON.readTree(tool.json()));
  }

  /**
   * What codex takes from its shell as an edit of its own. A file so written ends with a newline.
   */
  private static String patch(String path, String content) {
    var text = new StringBuilder("apply_patch <<'PATCH'\n*** Begin Patch\n*** Add File: ");
    text.append(path).append('\n');
    content.lines().forEach(line -> text.append('+').append(line).append('\n'));
    return text.append("*** End Patch\nPATCH\n").toString();
  }

  private static String offered(Asked asked, List<String> wanted) {
    return wanted.stream()
        .filter(asked.tools()::contains)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("none of " + wanted + " in " + asked.tools()));
  }

  private static String absolute(String path, String directory) {
    return path.startsWith("/") || directory.isEmpty() ? path : directory + "/" + path;
  }
}
