package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.UsageError;
import conductor.effect.ForgeEffect.ReviewAction;
import conductor.effect.PRHandle;
import conductor.engine.handler.Key;
import conductor.handlers.forge.Forge;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands of {@code pr} that change a pull request that stays open. */
final class PrChanges {

  private PrChanges() {}

  @Command(
      name = "ready",
      description = "Marks a draft as ready for review.",
      footer = {"", "Example:", "  conductor pr ready 1"})
  static final class Ready extends PullRequestCommand {

    @Override
    public Integer call() throws InterruptedException {
      Found found = found();
      PRHandle ready = found.forge().markReady(found.pr());
      print(ready, List.of("ready " + ready.url()));
      return Exit.OK;
    }
  }

  @Command(
      name = "edit",
      description =
          "Changes title, text, target or labels of a pull request; what is not given stays.",
      footer = {"", "Example:", "  conductor pr edit 1 --title 'Greet people' --add-label ui"})
  static final class Edit extends PullRequestCommand {

    @Option(names = "--title", paramLabel = "TITLE", description = "the new title")
    @Nullable String title;

    @Option(
        names = "--body",
        paramLabel = "FILE|STRING",
        description =
            "the new text; a file that exists is read, - is standard input, else the text itself")
    @Nullable String body;

    @Option(
        names = "--base",
        paramLabel = "BRANCH",
        description = "the branch that it is to be merged into")
    @Nullable String base;

    @Option(
        names = "--add-label",
        paramLabel = "L1,L2",
        split = ",",
        description = "labels to put on it")
    List<String> add = new ArrayList<>();

    @Option(
        names = "--remove-label",
        paramLabel = "L1,L2",
        split = ",",
        description = "labels to take off it")
    List<String> remove = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
      if (title == null && body == null && base == null && add.isEmpty() && remove.isEmpty()) {
        throw new UsageError(
            "say what to change: --title, --body, --base, --add-label or --remove-label");
      }
      if (title != null && title.isBlank()) {
        throw new UsageError("--title is blank");
      }
      String text = body == null ? null : text("--body", body);
      Found found = found();
      var changes = new Forge.Changes(title, text, base, add, remove);
      PRHandle edited = found.forge().edit(found.pr(), changes);
      print(edited, List.of("changed " + edited.url()));
      return Exit.OK;
    }
  }

  @Command(
      name = "reopen",
      description = "Opens a pull request again that was closed.",
      footer = {"", "Example:", "  conductor pr reopen 1"})
  static final class Reopen extends PullRequestCommand {

    @Override
    public Integer call() throws InterruptedException {
      Found found = found();
      PRHandle reopened = found.forge().reopen(found.pr());
      print(reopened, List.of("open " + reopened.url()));
      return Exit.OK;
    }
  }

  @Command(
      name = "update-branch",
      description = "Merges what the target has into the branch of a pull request, at the forge.",
      footer = {"", "Example:", "  conductor pr update-branch 1"})
  static final class UpdateBranch extends PullRequestCommand {

    @Override
    public Integer call() throws InterruptedException {
      Found found = found();
      Forge.Updated updated = found.forge().updateBranch(found.pr(), null, Set.of(), Key.byHand());
      boolean same = updated.from().equals(updated.pr().head());
      print(
          updated.pr(),
          List.of((same ? "has all of its target: " : "updated ") + updated.pr().url()));
      return Exit.OK;
    }
  }

  @Command(
      name = "review",
      description = "Reviews a pull request.",
      footer = {
        "",
        "Examples:",
        "  conductor pr review 1 --approve",
        "  conductor pr review 1 --request-changes --body 'The end is missing.'"
      })
  static final class Review extends PullRequestCommand {

    @Option(names = "--approve", description = "approve it")
    boolean approve;

    @Option(names = "--request-changes", description = "ask for changes")
    boolean requestChanges;

    @Option(names = "--comment", description = "comment on it only")
    boolean comment;

    @Option(
        names = "--body",
        paramLabel = "FILE|STRING",
        description =
            "the text, which only an approval can do without; a file that exists is read, - is standard input, else the"
                + " text itself")
    String body = "";

    @Override
    public Integer call() throws InterruptedException {
      ReviewAction action = action();
      String text = text("--body", body);
      if (text.isBlank() && action != ReviewAction.APPROVE) {
        throw new UsageError("give --body: only an approval can do without a text");
      }
      Found found = found();
      String url = found.forge().addReview(found.pr(), action, text, Key.byHand());
      print(new PrActs.Comment.Commented(url), List.of("reviewed " + url));
      return Exit.OK;
    }

    private ReviewAction action() {
      var given = new ArrayList<ReviewAction>();
      if (approve) {
        given.add(ReviewAction.APPROVE);
      }
      if (requestChanges) {
        given.add(ReviewAction.REQUEST_CHANGES);
      }
      if (comment) {
        given.add(ReviewAction.COMMENT);
      }
      if (given.size() != 1) {
        throw new UsageError("give one of --approve, --request-changes and --comment");
      }
      return given.getFirst();
    }
  }
}
