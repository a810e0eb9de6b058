package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.UsageError;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.engine.handler.Key;
import conductor.handlers.forge.Forge;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands of {@code pr} that settle a pull request, and the word on it. */
final class PrActs {

  private PrActs() {}

  @Command(
      name = "merge",
      description = "Merges a pull request.",
      footer = {
        "",
        "Examples:",
        "  conductor pr merge 1 --strategy squash",
        "  conductor pr merge 1 --auto"
      })
  static final class Merge extends PullRequestCommand {

    @Option(
        names = "--strategy",
        paramLabel = "STRATEGY",
        description = "merge, squash or rebase; default: merge")
    MergeStrategy strategy = MergeStrategy.MERGE;

    @Option(names = "--delete-branch", description = "delete the branch after the merge")
    boolean deleteBranch;

    @Option(
        names = "--auto",
        description =
            "have the forge merge it once all that the target branch asks for is there, or put it into the merge queue")
    boolean auto;

    @Override
    public Integer call() throws InterruptedException {
      if (auto && deleteBranch) {
        throw new UsageError("--auto merges later, so --delete-branch has nothing to delete yet");
      }
      Found found = found();
      var how = new Forge.Merging(strategy, deleteBranch, false, Key.byHand(), Set.of(), auto);
      PRHandle merged = found.forge().merge(found.pr(), how);
      settled(merged);
      boolean later = merged.status() != PRHandle.Status.MERGED;
      print(merged, List.of((later ? "will be merged: " : "merged ") + merged.url()));
      return Exit.OK;
    }
  }

  @Command(
      name = "comment",
      description = "Comments on a pull request.",
      footer = {"", "Example:", "  conductor pr comment 1 --body 'Looks good.'"})
  static final class Comment extends PullRequestCommand {

    @Option(
        names = "--body",
        paramLabel = "FILE|STRING",
        required = true,
        description = "a file that exists is read, - is standard input, else the text itself")
    String body = "";

    @Override
    public Integer call() throws InterruptedException {
      String text = text("--body", body);
      Found found = found();
      String url = found.forge().comment(found.pr(), text, null, Key.byHand());
      print(new Commented(url), List.of("commented " + url));
      return Exit.OK;
    }

    /** What {@code --json} prints. */
    record Commented(String url) {}
  }

  @Command(
      name = "close",
      description = "Closes a pull request without merging it.",
      footer = {"", "Example:", "  conductor pr close 1 --delete-branch"})
  static final class Close extends PullRequestCommand {

    @Option(names = "--delete-branch", description = "delete the branch too")
    boolean deleteBranch;

    @Override
    public Integer call() throws InterruptedException {
      Found found = found();
      PRHandle closed = found.forge().close(found.pr(), deleteBranch);
      settled(closed);
      print(closed, List.of(closed.status().text() + " " + closed.url()));
      return Exit.OK;
    }
  }
}
