package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Group;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.effect.ForgeEffect;
import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.effect.PRReference;
import conductor.handlers.forge.BranchCheckout;
import conductor.handlers.forge.Forge;
import conductor.handlers.forge.local.PullRequest;
import conductor.handlers.forge.local.PullRequests;
import conductor.handlers.forge.project.ForgePlace;
import conductor.handlers.git.Git;
import conductor.handlers.git.Repository;
import conductor.handlers.people.Shown;
import conductor.run.execution.Conductor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists pull requests and works with them, on the forge of the repository or on this host. */
@Command(
    name = "pr",
    description =
        "Works with pull requests: those of the forge of the repository that you are in, and those that this host keeps.",
    subcommands = {
      PrCommand.ListAll.class,
      PrCommand.Show.class,
      PrCommand.Diff.class,
      PrCommand.Checkout.class,
      PrChanges.Ready.class,
      PrChanges.Edit.class,
      PrChanges.UpdateBranch.class,
      PrChanges.Review.class,
      PrActs.Merge.class,
      PrActs.Comment.class,
      PrActs.Close.class,
      PrChanges.Reopen.class
    },
    footer = {"", "Example:", "  conductor pr list"})
public final class PrCommand extends Group {

  private static String line(PRHandle pr, String repository) {
    return Shown.oneLine(
        "%d  %-6s  %s  %s -> %s  %s%s"
            .formatted(
                pr.number(),
                pr.status().text(),
                pr.title(),
                pr.branch(),
                pr.target(),
                repository,
                pr.url()));
  }

  @Command(
      name = "list",
      description =
          "Lists the pull requests of the repository that you are in, newest first: the last 30 at GitHub, then all"
              + " that this host keeps; outside of a repository, those of all that this host keeps.",
      footer = {"", "Example:", "  conductor pr list"})
  static final class ListAll extends Subcommand {

    private static final int MAX_HOSTED = 30;

    @Option(
        names = "--repo",
        paramLabel = "PATH",
        description = "those of the repository that this directory is in")
    @Nullable Path repo;

    @Option(names = "--all", description = "also those that this host keeps of other repositories")
    boolean everywhere;

    /** What {@code --json} prints of a pull request at a forge beside its handle. */
    record Where(Path repo) {}

    /**
     * A line of the list.
     *
     * @param json what {@code --json} prints of it
     */
    private record Listed(PRHandle pr, Path repo, Object json) {

      static Listed of(PullRequest kept) {
        return new Listed(kept.handle(), kept.repo(), kept);
      }

      static Listed hosted(PRHandle pr, Path repo) {
        return new Listed(pr, repo, object(pr, new Where(repo)));
      }
    }

    @Override
    public Integer call() throws InterruptedException {
      Optional<Path> only = repo == null ? here() : Optional.of(repository(repo));
      var kept = new PullRequests(places().state());
      boolean all = everywhere || only.isEmpty();
      List<Listed> listed =
          Stream.concat(
                  hosted(only).stream(),
                  kept.all().stream()
                      .filter(pr -> all || only.equals(Optional.of(pr.repo())))
                      .map(Listed::of))
              .toList();
      var repositories = RepositoryColumn.of(listed.stream().map(Listed::repo).toList());
      print(
          listed.stream().map(Listed::json).toList(),
          listed.stream().map(pr -> line(pr.pr(), repositories.cell(pr.repo()))).toList());
      kept.unreadable().forEach(console()::warn);
      return Exit.OK;
    }

    private List<Listed> hosted(Optional<Path> repository) throws InterruptedException {
      if (repository.isEmpty()) {
        return List.of();
      }
      Conductor conductor = conductor(Map.of());
      Git git = conductor.forges().git(repository.get());
      Optional<ForgePlace> there = conductor.forges().hosted(git);
      if (there.isEmpty()) {
        return List.of();
      }
      trust(conductor);
      var wanted = new Forge.Wanted(ForgeEffect.Selection.ALL, null, null, MAX_HOSTED);
      return there.get().forge(git, console()::say).list(wanted).stream()
          .map(pr -> Listed.hosted(pr, repository.get()))
          .toList();
    }
  }

  @Command(
      name = "show",
      description = "Shows a pull request with its text and what was said.",
      footer = {"", "Example:", "  conductor pr show 1"})
  static final class Show extends PullRequestCommand {

    @Override
    public Integer call() throws InterruptedException {
      Found found = found();
      Forge.Details details = found.forge().details(found.pr());
      print(json(details), lines(details));
      return Exit.OK;
    }

    /**
     * What {@code --json} prints of a pull request beside its handle.
     *
     * @param author empty where the forge does not know
     * @param reviewers who was asked for a review
     * @param comments what was said
     */
    record More(
        String author,
        String body,
        List<String> labels,
        List<String> reviewers,
        List<Forge.Remark> comments) {}

    private static Map<String, @Nullable Object> json(Forge.Details details) {
      return object(
          details.pr(),
          new More(
              details.author(),
              details.body(),
              details.labels(),
              details.reviewers(),
              details.comments()));
    }

    private static List<String> lines(Forge.Details details) {
      var lines = new ArrayList<String>(List.of(line(details.pr(), "")));
      add(lines, "by  ", details.author());
      add(lines, "labels  ", String.join(", ", details.labels()));
      add(lines, "reviewers  ", String.join(", ", details.reviewers()));
      if (!details.body().isEmpty()) {
        lines.addAll(List.of("", details.body()));
      }
      for (Forge.Remark said : details.comments()) {
        lines.add("");
        lines.add(
            Shown.oneLine(String.join("  ", said.at().toString(), said.author(), said.about())));
        add(lines, "", said.body());
      }
      return lines;
    }

    private static void add(List<String> lines, String name, String text) {
      if (!text.isEmpty()) {
        lines.add(name + (name.isEmpty() ? text : Shown.oneLine(text)));
      }
    }
  }

  @Command(
      name = "diff",
      description = "Shows the changes of a pull request.",
      footer = {"", "Example:", "  conductor pr diff 1"})
  static final class Diff extends PullRequestCommand {

    @Override
    public Integer call() throws InterruptedException {
      Found found = found();
      String diff = found.forge().diff(found.pr());
      print(new Difference(found.pr().number(), diff), diff);
      return Exit.OK;
    }

    /** What {@code --json} prints. */
    record Difference(int number, String diff) {}
  }

  @Command(
      name = "checkout",
      description = {
        "Checks out the branch of a pull request here, as 'gh pr checkout' does. One that a worktree has checked out"
            + " stays there, which is said. Changes that are not committed are never overwritten."
      },
      footer = {"", "Example:", "  conductor pr checkout 12"})
  static final class Checkout extends PullRequestCommand {

    @Option(
        names = "--branch",
        paramLabel = "BRANCH",
        description = "the name of the branch here; default: that of the pull request")
    @Nullable String branch;

    @Override
    public Integer call() throws InterruptedException {
      Found found = found();
      Conductor conductor = conductor(Map.of());
      Git git = conductor.forges().git(context().directory());
      var repository = Repository.of(git);
      mustBeHere(found, conductor, git);
      Forge.Source source = found.forge().source(found.pr());
      Optional<String> usual = repository.remote();
      Optional<String> target =
          source.atTarget() ? conductor.forges().proposalRemote(git) : Optional.empty();
      BranchCheckout.Done done =
          new BranchCheckout(repository)
              .of(found.pr(), source, target.or(() -> usual).orElse(null), branch);
      boolean elsewhere = !done.path().equals(repository.checkout());
      print(
          done,
          List.of(
              elsewhere
                  ? "%s is checked out in %s".formatted(done.branch(), done.path())
                  : "on branch " + done.branch()));
      return Exit.OK;
    }

    /** The same number is another pull request in a clone of another repository. */
    private void mustBeHere(Found found, Conductor conductor, Git git) throws InterruptedException {
      PRHandle pr = found.pr();
      boolean kept = new PullRequests(places().state()).isKept(pr.url());
      Forge forge = conductor.forges().of(kept ? pr.url() : "#" + pr.number(), git, console()::say);
      try {
        var numbered = new PRReference("#" + pr.number());
        if (forge.get(numbered).url().equals(pr.url())) {
          return;
        }
      } catch (ForgeFailure.UnknownPullRequest e) {
        // it is of another repository
      }
      throw new UsageError(pr.url() + " is of another repository; run it in a clone of that");
    }
  }
}
