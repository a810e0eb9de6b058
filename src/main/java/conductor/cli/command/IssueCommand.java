package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Group;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.effect.Issue;
import conductor.effect.IssueEffect.Selection;
import conductor.effect.IssueFailure;
import conductor.handlers.forge.project.KnownForges;
import conductor.handlers.issue.IssueHandler;
import conductor.handlers.issue.ListedIssue;
import conductor.handlers.issue.Tracker;
import conductor.handlers.issue.Vault;
import conductor.handlers.people.Shown;
import conductor.run.execution.Conductor;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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

  /** The base class of the subcommands: copies of the forge's issues. */
  abstract static class Below extends Subcommand {
    /** Copies an issue of the forge into the vault, once, and prints the copy. */
    int copied(String given, List<String> more) throws InterruptedException {
      String reference =
          given.replaceFirst("^(%s):".formatted(String.join("|", KnownForges.names())), "");
      if (!Tracker.names(reference)) {
        throw new UsageError(
            "an issue of a forge is written '#42', 'owner/name#42' or as a url, found '%s'"
                .formatted(given));
      }
      Conductor conductor = conductor(Map.of());
      trust(conductor);
      Issue there = conductor.tracker(context().directory()).read(reference, console()::say);
      String url = String.valueOf(there.metadata().get("url"));
      List<String> labels =
          Stream.concat(there.labels().stream(), more.stream()).distinct().toList();
      Vault.Copied copied = vault().copy(there, url, labels);
      if (!copied.isNew()) {
        console().say("%s is there already: %s".formatted(url, copied.issue().id()));
      }
      print(copied.issue(), List.of(line(copied.issue())));
      return Exit.OK;
    }
  }

  @Command(
      name = "create",
      description =
          "Creates an issue, or with --from a copy of one of the forge; one that was copied before is shown.",
      footer = {
        "",
        "Examples:",
        "  conductor issue create 'Fix the login' --labels bug,ui",
        "  conductor issue create --from github:#12"
      })
  static final class Create extends Below {

    @Parameters(arity = "0..1", paramLabel = "TITLE", description = "one line")
    @Nullable String title;

    @Option(
        names = "--body",
        paramLabel = "FILE|STRING",
        description = "a file that exists is read, - is standard input, else the text itself")
    String body = "";

    @Option(names = "--labels", paramLabel = "L1,L2", split = ",", description = "labels")
    List<String> labels = new ArrayList<>();

    @Option(
        names = "--from",
        paramLabel = "ISSUE",
        description =
            "take title, text and labels from an issue of the forge: 'github:#12', '#12', 'owner/name#12' or a url")
    @Nullable String from;

    @Override
    public Integer call() throws InterruptedException {
      if (from != null) {
        if (title != null || !body.isEmpty()) {
          throw new UsageError("--from takes title and text from the forge; give neither");
        }
        return copied(from, named(labels));
      }
      if (title == null) {
        throw new UsageError("give a TITLE, or an issue of the forge with --from");
      }
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
      return copied(reference, List.of());
    }
  }
}
