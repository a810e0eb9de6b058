package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Group;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.effect.Issue;
import conductor.effect.IssueEffect.Selection;
import conductor.effect.IssueFailure;
import conductor.handlers.issue.IssueHandler;
import conductor.handlers.issue.ListedIssue;
import conductor.handlers.issue.Tracker;
import conductor.handlers.issue.Vault;
import conductor.handlers.people.Shown;
import conductor.run.execution.Conductor;
import conductor.state.Locks;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates, lists, shows, resolves and imports issues of the vault. */
@Command(
    name = "issue",
    description = "Works with the issues of the vault.",
    subcommands = {
      IssueCommand.Create.class,
      IssueCommand.ListAll.class,
      IssueCommand.Show.class,
      IssueCommand.Resolve.class,
      IssueCommand.Import.class
    },
    footer = {"", "Example:", "  conductor issue create 'Fix the login' --body bug.md"})
public final class IssueCommand extends Group {

  private static String line(Issue issue) {
    return line(issue.id(), issue.status(), issue.title(), issue.labels());
  }

  private static String line(String id, Issue.Status status, String title, List<String> labels) {
    String word = status.name().toLowerCase(Locale.ROOT);
    String named = labels.isEmpty() ? "" : "  [" + String.join(", ", labels) + "]";
    return Shown.oneLine(id + "  " + Console.padded(word, 8) + "  " + title + named);
  }

  private static List<String> named(List<String> labels) {
    return labels.stream().map(String::strip).filter(label -> !label.isEmpty()).toList();
  }

  /** The base class of the subcommands: access to the vault. */
  abstract static class Below extends Subcommand {
    Vault vault() {
      return new Vault(places().state().issues(), new Locks(), InstantSource.system());
    }
  }

  @Command(
      name = "create",
      description = "Creates an issue.",
      footer = {"", "Example:", "  conductor issue create 'Fix the login' --labels bug,ui"})
  static final class Create extends Below {

    @Parameters(paramLabel = "TITLE", description = "one line")
    String title = "";

    @Option(
        names = "--body",
        paramLabel = "FILE|STRING",
        description = "a file that exists is read, - is standard input, else the text itself")
    String body = "";

    @Option(names = "--labels", paramLabel = "L1,L2", split = ",", description = "labels")
    List<String> labels = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
      Issue issue = vault().create(title, text("--body", body), named(labels), Map.of(), "");
      print(issue, List.of(line(issue)));
      return Exit.OK;
    }
  }

  @Command(
      name = "list",
      description = "Lists issues, newest first.",
      footer = {"", "Example:", "  conductor issue list --status all"})
  static final class ListAll extends Below {

    @Option(
        names = "--status",
        paramLabel = "STATUS",
        description = "open, resolved or all; default: open")
    Selection status = Selection.OPEN;

    @Option(
        names = "--labels",
        paramLabel = "L1,L2",
        split = ",",
        description = "with all of these")
    List<String> labels = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
      Vault vault = vault();
      Vault.Listed all = vault.listed();
      List<String> wanted = named(labels);
      List<ListedIssue> issues =
          all.issues().stream()
              .filter(issue -> IssueHandler.isSelected(issue.status(), status))
              .filter(issue -> wanted.isEmpty() || issue.labels().containsAll(wanted))
              .toList();
      var problems = new ArrayList<String>(all.problems());
      List<Issue> whole = json ? whole(vault, issues, problems) : List.of();
      problems.forEach(problem -> console().warn("skipped: " + problem));
      print(
          whole,
          issues.stream()
              .map(issue -> line(issue.id(), issue.status(), issue.title(), issue.labels()))
              .toList());
      return Exit.OK;
    }

    /** Reads issues; adds what is wrong with those that meanwhile cannot be read. */
    private static List<Issue> whole(Vault vault, List<ListedIssue> issues, List<String> problems) {
      var whole = new ArrayList<Issue>();
      for (ListedIssue issue : issues) {
        try {
          whole.add(vault.whole(issue));
        } catch (IssueFailure | UncheckedIOException e) {
          problems.add(String.valueOf(e.getMessage()));
        }
      }
      return whole;
    }
  }

  @Command(
      name = "show",
      description = "Shows an issue.",
      footer = {"", "Example:", "  conductor issue show ISSUE-001"})
  static final class Show extends Below {

    @Parameters(paramLabel = "ID", description = "such as ISSUE-001")
    String id = "";

    @Override
    public Integer call() throws InterruptedException {
      Issue issue = vault().get(id);
      var lines = new ArrayList<String>(List.of(line(issue)));
      if (issue.prUrl() != null) {
        lines.add("pr  " + issue.prUrl());
      }
      lines.add("");
      lines.add(issue.body());
      print(issue, lines);
      return Exit.OK;
    }
  }

  @Command(
      name = "resolve",
      description = "Marks an issue resolved.",
      footer = {"", "Example:", "  conductor issue resolve ISSUE-001 --pr URL"})
  static final class Resolve extends Below {

    @Parameters(paramLabel = "ID", description = "such as ISSUE-001")
    String id = "";

    @Option(names = "--pr", paramLabel = "URL", description = "the pull request that resolves it")
    @Nullable String pr;

    @Override
    public Integer call() throws InterruptedException {
      Issue issue = vault().resolve(id, null, pr);
      print(issue, List.of(line(issue)));
      return Exit.OK;
    }
  }

  @Command(
      name = "import",
      description = "Copies an issue of the forge into the vault; one that is there is shown.",
      footer = {"", "Example:", "  conductor issue import '#42'"})
  static final class Import extends Below {

    @Parameters(paramLabel = "ISSUE", description = "'#42', 'owner/name#42' or a url")
    String reference = "";

    @Override
    public Integer call() throws InterruptedException {
      if (!Tracker.names(reference)) {
        throw new UsageError(
            "an issue of a forge is written '#42', 'owner/name#42' or as a url, found '%s'"
                .formatted(reference));
      }
      Conductor conductor = conductor(Map.of());
      trust(conductor);
      Issue there = conductor.tracker(context().directory()).read(reference, console()::say);
      String url = String.valueOf(there.metadata().get("url"));
      Optional<Issue> known =
          vault().all().issues().stream()
              .filter(issue -> url.equals(issue.metadata().get(Tracker.ORIGIN)))
              .findFirst();
      Map<String, Object> origin = Map.of(Tracker.ORIGIN, url);
      Issue issue =
          known.isPresent()
              ? known.get()
              : vault().create(there.title(), there.body(), there.labels(), origin, "");
      print(issue, List.of(line(issue)));
      return Exit.OK;
    }
  }
}
