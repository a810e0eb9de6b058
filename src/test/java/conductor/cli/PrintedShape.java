package conductor.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The shape of what some commands print with {@code --json}.
 *
 * @param array whether it is an array of such objects
 * @param records the records of which an object is one; {@code +} joins two
 */
record PrintedShape(
    String name, String about, boolean array, List<String> commands, List<String> records) {

  private static final String COMMAND = "conductor.cli.command.";
  private static final String VERIFIED =
      COMMAND + "VerifyCommand$Subject+conductor.report.bundle.Verification";
  private static final String META = "conductor.run.record.RunMeta";
  private static final String ENVS = "conductor.run.execution.Environments$";
  private static final String PULL = "conductor.effect.PRHandle";

  /** All shapes, in the order of the reference. */
  static final List<PrintedShape> ALL =
      List.of(
          one("run", "run, resume, fork, stop, wait, demo, template run", "A run.", META),
          list("ps", "ps", "Runs, newest first.", META + "+" + COMMAND + "PsCommand$More"),
          one("show", "show", "A run with all in it.", META + "+" + COMMAND + "ShowCommand$More"),
          one(
              "watch",
              "watch",
              "A line for each change of an effect.",
              "conductor.run.record.EffectView+" + COMMAND + "WatchCommand$More"),
          list(
              "logs",
              "logs, attach",
              "Lines of output. With -f, and by attach, each is printed by itself, on a line of its own.",
              COMMAND + "LogsCommand$Line"),
          one("send", "send", "A message that was sent.", COMMAND + "SendCommand$Sent"),
          list("gates", "gates", "Open questions.", "conductor.run.record.Gate"),
          one("answer", "answer", "An answer that was given.", COMMAND + "AnswerCommand$Answered"),
          list(
              "removed",
              "rm, gc",
              "Runs, and whether each was removed.",
              "conductor.run.execution.Removals$Verdict"),
          one(
              "export",
              "export, report",
              "Where a run was written to, or a report in Markdown.",
              COMMAND + "ExportCommand$Written",
              COMMAND + "ReportCommand$Printed"),
          one("ui", "ui", "Where pages are served.", COMMAND + "UiCommand$Served"),
          one("bundle", "bundle", "A bundle that was written.", COMMAND + "BundleCommand$Written"),
          one("verify", "verify", "Whether a bundle or a run is whole.", VERIFIED),
          list("check", "check", "What is wrong with scripts.", "conductor.script.Finding"),
          one("plan", "plan", "What a workflow would do.", COMMAND + "PlanCommand$Printed"),
          one(
              "test",
              "test",
              "How scenarios ended; with --record, where a run was recorded.",
              COMMAND + "TestCommand$Printed",
              COMMAND + "TestCommand$Recorded"),
          one(
              "issue",
              "issue create, issue show, issue resolve, issue import",
              "An issue.",
              "conductor.effect.Issue"),
          list("issue-list", "issue list", "Issues, newest first.", "conductor.effect.Issue"),
          list("env-list", "env list", "Worktrees.", ENVS + "Seen"),
          one("env-path", "env path", "A worktree.", ENVS + "Seen"),
          one("env-delete", "env delete", "What became of a worktree.", ENVS + "Verdict"),
          list("env-cleanup", "env cleanup", "What became of worktrees.", ENVS + "Verdict"),
          list(
              "template-list",
              "template list",
              "Templates.",
              COMMAND + "TemplateCommand$ListAll$Line"),
          one(
              "template-show",
              "template show",
              "A template's script.",
              COMMAND + "TemplateCommand$Show$Shown"),
          one(
              "template-new",
              "template new",
              "A script that was written.",
              COMMAND + "TemplateCommand$New$Made"),
          list(
              "pr-list",
              "pr list",
              "Pull requests: those at a forge, and those that this host keeps, with more keys.",
              PULL + "+" + COMMAND + "PrCommand$ListAll$Where",
              "conductor.handlers.forge.local.PullRequest"),
          one(
              "pr-show",
              "pr show",
              "A pull request with what was said.",
              PULL + "+" + COMMAND + "PrCommand$Show$More"),
          one("pr-diff", "pr diff", "Its changes.", COMMAND + "PrCommand$Diff$Difference"),
          one(
              "pr-checkout",
              "pr checkout",
              "Where its branch is checked out.",
              "conductor.handlers.forge.BranchCheckout$Done"),
          one(
              "pr",
              "pr merge, pr close, pr ready, pr edit, pr reopen, pr update-branch",
              "A pull request.",
              PULL),
          one(
              "pr-comment",
              "pr comment, pr review",
              "A comment or a review.",
              COMMAND + "PrActs$Comment$Commented"),
          list("agents", "agents", "Agents and profiles.", COMMAND + "AgentsCommand$Line"),
          list(
              "effects",
              "effects",
              "Effects, controls, replies and failures.",
              "conductor.cli.view.VocabularyJson$Effect",
              "conductor.cli.view.VocabularyJson$Control",
              "conductor.cli.view.VocabularyJson$Data"),
          one("trust", "trust", "Whether files may run.", COMMAND + "TrustCommand$Trusted"),
          list(
              "config",
              "config",
              "Settings. With --schema, the JSON schema of config.yaml instead.",
              "conductor.config.Setting"),
          one("init", "init", "What was set up.", "conductor.cli.setup.InitCommand$Report"),
          list(
              "doctor",
              "doctor",
              "What was checked; with --state, what is wrong with files.",
              "conductor.cli.doctor.CheckResult",
              "conductor.cli.doctor.StateDoctor$Line"),
          one("completion", "completion", "A shell script.", COMMAND + "CompletionCommand$Printed"),
          one(
              "error",
              "COMMAND",
              "What any command prints in place of its result when it fails.",
              "conductor.cli.ErrorJson"));

  private static PrintedShape one(String name, String commands, String about, String... records) {
    return new PrintedShape(name, about, false, List.of(commands.split(", ")), List.of(records));
  }

  private static PrintedShape list(String name, String commands, String about, String... records) {
    return new PrintedShape(name, about, true, List.of(commands.split(", ")), List.of(records));
  }

  Map<String, Object> schema() {
    String title = "conductor " + String.join(", ", commands) + " --json";
    return JsonShapes.schema(title, about, array, records.toArray(String[]::new));
  }

  Path file() {
    return Project.home().resolve("docs/reference/schemas/" + name + ".json");
  }
}
