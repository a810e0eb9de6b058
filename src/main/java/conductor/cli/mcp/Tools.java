package conductor.cli.mcp;

import conductor.cli.CapturedCommands;
import conductor.cli.Exit;
import conductor.cli.UsageError;
import conductor.cli.mcp.ToolForm.Trait;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tools. Each is a command with {@code --json}, so that what it takes, refuses and prints is
 * what the command does: a workflow that is not trusted is refused with the same words.
 */
final class Tools {

  /** How what a command prints begins that has failed; a run that failed is no such failure. */
  private static final String ERROR = "{\"v\":1,\"error\":{";

  private static final String RUN = "a run's id, a unique prefix of it, or its name";

  private static final List<ToolForm> FORMS =
      List.of(
          new ToolForm("list_runs", "Lists runs, newest first.", "ps")
              .option("status", "string", "such as running, blocked, done or error", "--status")
              .usual("limit", "integer", "at most this many; 20 when left out", "--limit", "20")
              .being(Trait.READS),
          new ToolForm("list_workflows", "Lists the workflows that have a name.", "template list")
              .being(Trait.READS),
          new ToolForm(
                  "plan_workflow",
                  "Shows what a workflow would do; performs no effect, but runs its code.",
                  "plan")
              .word("workflow", "a workflow's name, or the path of a script")
              .option("issue", "string", "as of start_run", "--issue")
              .option("params", "object", "the workflow's parameters by name", "--params")
              .being(Trait.LASTS),
          new ToolForm(
                  "start_run",
                  "Starts a workflow and returns at once; agents may cost money.",
                  "run --detach")
              .word("workflow", "a workflow's name, or the path of a script")
              .option(
                  "issue",
                  "string",
                  "what to work on: words, a markdown file, an id of the vault, '#42' or a url",
                  "--issue")
              .option("params", "object", "the workflow's parameters by name", "--params")
              .option("name", "string", "a name for the run", "--name")
              .option("base", "string", "what to start from: a branch, a tag, a commit", "--base")
              .option("agent", "string", "the default type of agent", "--agent"),
          new ToolForm(
                  "wait_for_run",
                  "Waits until a run has ended or waits for a person, and returns it either way.",
                  "wait")
              .word("run", RUN)
              .usual(
                  "timeout", "string", "such as 90s or 10m; 50s when left out", "--timeout", "50s")
              .being(Trait.READS, Trait.LASTS),
          new ToolForm("show_run", "Shows a run with its effects, agents and result.", "show")
              .word("run", RUN)
              .being(Trait.READS),
          new ToolForm("read_logs", "Returns what agents and commands of a run printed.", "logs")
              .word("of", "RUN, RUN:AGENT, or RUN:POSITION for one effect")
              .option("lines", "integer", LogPage.LINES_ABOUT, "-n")
              .option("skip", "integer", "leave out so many of the last lines", "--skip")
              .being(Trait.READS, Trait.PAGED),
          new ToolForm("list_questions", "Lists the questions that wait for an answer.", "gates")
              .maybe("run", "only of this run")
              .being(Trait.READS),
          new ToolForm("answer_question", "Answers a question of a run, for your user.", "answer")
              .word("run", RUN)
              .option(
                  "position", "string", "the question's position, when there are several", "--at")
              .word("answer", "the answer"),
          new ToolForm("send_message", "Sends a message to an agent of a run.", "send")
              .word("to", "RUN:AGENT")
              .word("message", "what to say"),
          new ToolForm(
                  "resume_run",
                  "Goes on with a run that was interrupted or failed, and returns at once.",
                  "resume --detach")
              .word("run", RUN),
          new ToolForm("stop_run", "Stops a run for good, or one agent of it.", "stop")
              .word("run", RUN)
              .option("agent", "string", "stop only this agent", "--agent")
              .being(Trait.ENDS));

  private final CapturedCommands commands;
  private final Path state;

  Tools(CapturedCommands commands, Path state) {
    this.commands = commands;
    this.state = state;
  }

  List<SyncToolSpecification> all() {
    return FORMS.stream().map(this::tool).toList();
  }

  /** Returns the names of the tools that may take minutes. */
  static Set<String> lasting() {
    return FORMS.stream()
        .filter(form -> form.is(Trait.LASTS))
        .map(ToolForm::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private SyncToolSpecification tool(ToolForm form) {
    var hints =
        ToolAnnotations.builder()
            .readOnlyHint(form.is(Trait.READS))
            .destructiveHint(form.is(Trait.ENDS))
            .build();
    return SyncToolSpecification.builder()
        .tool(
            Tool.builder(form.name(), form.schema())
                .description(form.about())
                .annotations(hints)
                .build())
        .callHandler(
            (_, call) -> called(form, Objects.requireNonNullElse(call.arguments(), Map.of())))
        .build();
  }

  private CallToolResult called(ToolForm form, Map<String, Object> arguments) {
    Optional<LogPage> page;
    List<String> line;
    try {
      page = form.is(Trait.PAGED) ? Optional.of(LogPage.of(arguments)) : Optional.empty();
      line = form.line(page.map(LogPage::asked).orElse(arguments), state.toString());
    } catch (UsageError e) {
      return CallToolResult.builder().addTextContent(e.getMessage()).isError(true).build();
    }
    CapturedCommands.Ended ended = commands.execute(line);
    int code = ended.code();
    String document = ended.out();
    String said = ended.err();
    boolean failed = code != Exit.OK && (document.isEmpty() || document.startsWith(ERROR));
    var result = CallToolResult.builder().isError(failed);
    if (page.isPresent() && code == Exit.OK) {
      page.get().of(document).forEach(result::addTextContent);
    } else if (!document.isEmpty()) {
      result.addTextContent(document);
    }
    boolean repeated = failed && !document.isEmpty(); // an error is printed twice
    if (document.isEmpty() || (!repeated && !said.isEmpty())) {
      result.addTextContent(said);
    }
    return result.build();
  }
}
