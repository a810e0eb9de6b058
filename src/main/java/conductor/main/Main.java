package conductor.main;

import conductor.cli.CommandContext;
import conductor.cli.Console;
import conductor.cli.ErrorJson;
import conductor.cli.Errors;
import conductor.cli.Exit;
import conductor.cli.Group;
import conductor.cli.HasContext;
import conductor.cli.StandardOutput;
import conductor.cli.command.AgentsCommand;
import conductor.cli.command.AnswerCommand;
import conductor.cli.command.AttachCommand;
import conductor.cli.command.BundleCommand;
import conductor.cli.command.CheckCommand;
import conductor.cli.command.CompletionCommand;
import conductor.cli.command.CompletionShell;
import conductor.cli.command.ConfigCommand;
import conductor.cli.command.EffectsCommand;
import conductor.cli.command.EnvCommand;
import conductor.cli.command.ExportCommand;
import conductor.cli.command.ForkCommand;
import conductor.cli.command.GatesCommand;
import conductor.cli.command.GcCommand;
import conductor.cli.command.IssueCommand;
import conductor.cli.command.LogsCommand;
import conductor.cli.command.PlanCommand;
import conductor.cli.command.PlayCommand;
import conductor.cli.command.PrCommand;
import conductor.cli.command.PsCommand;
import conductor.cli.command.ReplCommand;
import conductor.cli.command.ReportCommand;
import conductor.cli.command.ResumeCommand;
import conductor.cli.command.RmCommand;
import conductor.cli.command.RunCommand;
import conductor.cli.command.SendCommand;
import conductor.cli.command.ShowCommand;
import conductor.cli.command.StopCommand;
import conductor.cli.command.TemplateCommand;
import conductor.cli.command.TestCommand;
import conductor.cli.command.TrustCommand;
import conductor.cli.command.UiCommand;
import conductor.cli.command.VerifyCommand;
import conductor.cli.command.WaitCommand;
import conductor.cli.command.WatchCommand;
import conductor.cli.demo.DemoCommand;
import conductor.cli.doctor.DoctorCommand;
import conductor.cli.mcp.McpCommand;
import conductor.cli.setup.InitCommand;
import conductor.cli.syntax.CommandSyntax;
import conductor.cli.view.Spelling;
import conductor.effect.IssueEffect;
import conductor.effect.MergeStrategy;
import conductor.run.record.RunStatus;
import conductor.workflow.Language;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.RunLast;

/**
 * The {@code conductor} command. Only the subcommand that is called is loaded, so that those that
 * need neither Groovy nor JGit start without them.
 */
@Command(
    name = "conductor",
    description = "Runs durable multi-agent workflows.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Example:",
      "  conductor run basic_pr --issue issue.md",
      "  conductor help COMMAND shows more",
      "  conductor help TOPIC explains one of: agents, configuration, editors,",
      "    effects, gates, json, mcp, permissions, pull-requests, resume, trust,",
      "    workflows, worktrees"
    })
public final class Main implements Runnable, HasContext {

  private static final Set<String> VERSION = Set.of("--version", "-V", "version");

  private static final Pattern STATE_DIR = Pattern.compile("--state-dir(?:=(.*))?");

  private final CommandContext context;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  private Main(CommandContext context) {
    this.context = context;
  }

  /** Runs one command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs one command line with this process's environment and returns its exit code. */
  static int execute(String... args) {
    System.setProperty(
        "picocli.disable.closures", "true"); // else picocli loads Groovy to look for closures
    var results = new StandardOutput();
    var out = new PrintStream(results, true, StandardCharsets.UTF_8);
    var err =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
    Map<String, String> environment = environment();
    boolean terminal = isTerminal() && !"dumb".equals(environment.get("TERM"));
    boolean forced = !environment.getOrDefault("CLICOLOR_FORCE", "").isEmpty();
    boolean color = (terminal || forced) && environment.getOrDefault("NO_COLOR", "").isEmpty();
    Path directory = Path.of("").toAbsolutePath();
    Path home = Path.of(System.getProperty("conductor.home", directory.toString()));
    var console = new Console(out, err, isTerminal(1), terminal, color, false);
    int code = run(new CommandContext(console, environment, directory, home), args);
    out.flush();
    Optional<String> lost = results.lost();
    lost.ifPresent(reason -> err.println("cannot write to standard output: " + reason));
    return lost.isPresent() && code == Exit.OK ? Exit.BROKEN : code;
  }

  /** The launcher runs the JVM in a UTF-8 locale of its own, which is undone here. */
  private static Map<String, String> environment() {
    var environment = new TreeMap<>(System.getenv());
    String locale = System.getProperty("conductor.locale");
    if (locale != null && locale.isEmpty()) {
      environment.remove("LC_ALL");
    } else if (locale != null) {
      environment.put("LC_ALL", locale);
    }
    return environment;
  }

  @SuppressWarnings("SystemConsoleNull") // the JDK's annotations say that it may be null
  private static boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal() && isTerminal(2);
  }

  /** Returns whether an open file of this process is a terminal. */
  private static boolean isTerminal(int descriptor) {
    try {
      Path file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return file.startsWith("/dev/pts") || file.toString().matches("/dev/(tty|console).*");
    } catch (IOException e) {
      return true; // without /proc, trust System.console
    }
  }

  /** Runs one command line and returns its exit code. */
  public static int run(CommandContext context, String... args) {
    Map<String, Supplier<Object>> commands = commands();
    String name = args.length > 0 ? args[0] : "";
    Supplier<Object> command = commands.get(name);
    Optional<CommandSyntax> syntax = command == null ? Optional.empty() : CommandSyntax.find(name);
    if (args.length == 1 && VERSION.contains(name)) {
      context.console().out().println(Version.text());
      return Exit.OK;
    }
    if (STATE_DIR.matcher(name).matches()) {
      return inState(context, args);
    }
    if (command != null && syntax.isPresent()) {
      return known(context, syntax.get(), command.get()).execute(args);
    }
    if (name.equals("help")) {
      var help = new Help(context, commands.keySet(), words -> annotated(context, words));
      return help.about(List.of(args).subList(1, args.length));
    }
    Optional<String> hint = command == null ? OtherNames.hint(name) : Optional.empty();
    if (hint.isPresent()) {
      context.console().warn(hint.get());
      if (ErrorJson.isAskedFor(args)) {
        ErrorJson.wrongUsage(context.console(), hint.get());
      }
      return Exit.USAGE;
    }
    return annotated(context, args).execute(args);
  }

  /** Runs a command line that begins with the state directory, as if the variable named it. */
  private static int inState(CommandContext context, String... args) {
    Matcher option = STATE_DIR.matcher(args[0]);
    boolean attached = option.matches() && option.group(1) != null;
    int words = attached ? 1 : 2;
    if (args.length <= words) {
      context.console().warn("--state-dir takes a directory, and a command after it");
      return Exit.USAGE;
    }
    String directory = attached ? option.group(1) : args[1];
    var environment = new TreeMap<>(context.environment());
    environment.put(
        "CONDUCTOR_STATE_DIR", context.directory().resolve(directory).normalize().toString());
    return run(context.with(environment), Arrays.copyOfRange(args, words, args.length));
  }

  /**
   * Returns what executes correct command lines of one command without reading annotations; all
   * others, and those that ask for help, it leaves to {@link #annotated}.
   */
  private static CommandLine known(CommandContext context, CommandSyntax syntax, Object command) {
    var main = new Main(context);
    var spec = CommandSpec.wrapWithoutInspection(main).name("conductor");
    spec.addSubcommand(syntax.name(), syntax.spec(command, main));
    CommandLine line = configured(new CommandLine(spec), context);
    var executed = new AtomicBoolean();
    IParameterExceptionHandler usual = line.getParameterExceptionHandler();
    line.setParameterExceptionHandler((error, args) ->
        executed.get()
            ? usual.handleParseException(error, args)
            : annotated(context, args).execute(args));
    line.setExecutionStrategy(result -> {
      List<CommandLine> called = result.asCommandLineList();
      String[] args = result.originalArgs().toArray(String[]::new);
      if (called.stream().anyMatch(CommandLine::isUsageHelpRequested)
          || called.getLast().getCommand() instanceof Group) {
        return annotated(context, args).execute(args);
      }
      executed.set(true);
      return new RunLast().execute(result);
    });
    return line;
  }

  private static CommandLine annotated(CommandContext context, String... args) {
    var line = new CommandLine(new Main(context));
    Map<String, Supplier<Object>> commands = commands();
    if (args.length > 0 && commands.containsKey(args[0])) {
      line.addSubcommand(args[0], Objects.requireNonNull(commands.get(args[0])).get());
    } else {
      commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    }
    return configured(line, context);
  }

  private static CommandLine configured(CommandLine line, CommandContext context) {
    line.setOut(new PrintWriter(context.console().out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(context.console().err(), true, StandardCharsets.UTF_8));
    Spelling.use(line, RunStatus.class);
    Spelling.use(line, IssueEffect.Selection.class);
    Spelling.use(line, MergeStrategy.class);
    Spelling.use(line, CompletionShell.class);
    Spelling.use(line, Language.class);
    line.setExpandAtFiles(false); // --params @FILE is ours
    line.setUsageHelpAutoWidth(context.console().terminal());
    line.setExecutionExceptionHandler(new Errors());
    IParameterExceptionHandler usual = line.getParameterExceptionHandler();
    line.setParameterExceptionHandler((error, args) -> {
      if (ErrorJson.isAskedFor(args)) {
        ErrorJson.wrongUsage(context.console(), String.valueOf(error.getMessage()));
      }
      return usual.handleParseException(error, args);
    });
    return line;
  }

  private static Map<String, Supplier<Object>> commandsOnRuns() {
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("run", RunCommand::new);
    commands.put("ps", PsCommand::new);
    commands.put("show", ShowCommand::new);
    commands.put("watch", WatchCommand::new);
    commands.put("logs", LogsCommand::new);
    commands.put("attach", AttachCommand::new);
    commands.put("send", SendCommand::new);
    commands.put("stop", StopCommand::new);
    commands.put("resume", ResumeCommand::new);
    commands.put("fork", ForkCommand::new);
    commands.put("wait", WaitCommand::new);
    commands.put("gates", GatesCommand::new);
    commands.put("answer", AnswerCommand::new);
    commands.put("rm", RmCommand::new);
    commands.put("gc", GcCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("bundle", BundleCommand::new);
    commands.put("verify", VerifyCommand::new);
    commands.put("report", ReportCommand::new);
    commands.put("ui", () -> new UiCommand(Main::run));
    return commands;
  }

  public static Map<String, Supplier<Object>> commands() {
    var commands = new LinkedHashMap<>(commandsOnRuns());
    commands.put("check", CheckCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("test", TestCommand::new);
    commands.put("repl", ReplCommand::new);
    commands.put("issue", IssueCommand::new);
    commands.put("env", EnvCommand::new);
    commands.put("template", TemplateCommand::new);
    commands.put("pr", PrCommand::new);
    commands.put("agents", AgentsCommand::new);
    commands.put("effects", EffectsCommand::new);
    commands.put("trust", TrustCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("init", InitCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("mcp", () -> new McpCommand(Main::run));
    commands.put("play", PlayCommand::new);
    return commands;
  }

  @Override
  public CommandContext context() {
    return context;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "which command?");
  }

  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {text()};
    }

    static String text() {
      String version = Main.class.getPackage().getImplementationVersion();
      return "conductor " + (version == null ? "(not packaged)" : version);
    }
  }
}
