package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Group;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.effect.ForgeEffect;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.engine.handler.Key;
import conductor.handlers.forge.Forge;
import conductor.handlers.forge.local.LocalForge;
import conductor.handlers.forge.local.PullRequest;
import conductor.handlers.forge.local.PullRequests;
import conductor.handlers.forge.project.ForgePlace;
import conductor.handlers.forge.project.ProjectForges;
import conductor.handlers.git.Git;
import conductor.handlers.people.Shown;
import conductor.handlers.worktree.RepositoryLocks;
import conductor.run.execution.Conductor;
import conductor.state.Locks;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists pull requests, and shows and merges those of the local forge. */
@Command(
    name = "pr",
    description = "Lists pull requests, and works with those of the local forge.",
    subcommands = {
      PrCommand.ListAll.class,
      PrCommand.Show.class,
      PrCommand.Diff.class,
      PrCommand.Merge.class
    },
    footer = {"", "Example:", "  conductor pr list"})
public final class PrCommand extends Group {

  private static String line(PRHandle pr) {
    return Shown.oneLine(
        "%d  %-6s  %s  %s -> %s  %s"
            .formatted(
                pr.number(),
                pr.status().name().toLowerCase(Locale.ROOT),
                pr.title(),
                pr.branch(),
                pr.target(),
                pr.url()));
  }

  /** The base class of the subcommands: access to the local forge. */
  abstract static class Below extends Subcommand {

    PullRequests pulls() {
      return new PullRequests(places().state());
    }

    /** Returns the pull request of a URL or a number; the current repository's come first. */
    PullRequest find(String given) throws InterruptedException {
      List<PullRequest> all = pulls().all();
      List<PullRequest> byUrl = all.stream().filter(pr -> pr.url().equals(given)).toList();
      List<PullRequest> byNumber =
          all.stream().filter(pr -> String.valueOf(pr.number()).equals(given)).toList();
      List<PullRequest> here =
          byNumber.stream().filter(pr -> context().directory().startsWith(pr.repo())).toList();
      for (List<PullRequest> found : List.of(byUrl, here, byNumber)) {
        if (found.size() == 1) {
          return found.getFirst();
        }
      }
      throw new UsageError(
          byNumber.isEmpty()
              ? "there is no pull request %s on this host%s".formatted(given, elsewhere(given))
              : "several repositories have a pull request %s; give its url:\n  %s"
                  .formatted(
                      given,
                      String.join("\n  ", byNumber.stream().map(PullRequest::url).toList())));
    }

    private String elsewhere(String given) throws InterruptedException {
      ProjectForges forges = conductor(Map.of()).forges();
      return forges
          .hosted(forges.git(context().directory()))
          .map(there -> "; " + there.pull(given))
          .filter(_ -> given.matches("\\d+"))
          .orElse("");
    }

    LocalForge forge(PullRequest pr) {
      return new LocalForge(
          pulls(),
          new RepositoryLocks(places().state(), new Locks()),
          conductor(Map.of()).forges().git(pr.repo()),
          InstantSource.system(),
          console()::say);
    }
  }

  @Command(
      name = "list",
      description =
          "Lists pull requests, newest first: the last 30 of the repository at GitHub, then all that this host keeps.",
      footer = {"", "Example:", "  conductor pr list"})
  static final class ListAll extends Below {

    private static final int MAX_HOSTED = 30;

    @Option(
        names = "--repo",
        paramLabel = "PATH",
        description = "only those of the repository that this directory is in")
    @Nullable Path repo;

    @Override
    public Integer call() throws InterruptedException {
      Path only = repo == null ? null : repository(repo);
      List<PRHandle> hosted = hosted(only == null ? context().directory() : only);
      List<PullRequest> local =
          pulls().all().stream().filter(pr -> only == null || pr.repo().equals(only)).toList();
      print(
          Stream.concat(hosted.stream(), local.stream()).toList(),
          Stream.concat(hosted.stream(), local.stream().map(PullRequest::handle))
              .map(PrCommand::line)
              .toList());
      pulls().unreadable().forEach(console()::warn);
      return Exit.OK;
    }

    private List<PRHandle> hosted(Path directory) throws InterruptedException {
      Conductor conductor = conductor(Map.of());
      Git git = conductor.forges().git(directory);
      Optional<ForgePlace> there = conductor.forges().hosted(git);
      if (there.isEmpty()) {
        return List.of();
      }
      trust(conductor);
      var wanted = new Forge.Wanted(ForgeEffect.Selection.ALL, null, null, MAX_HOSTED);
      return there.get().forge(git, console()::say).list(wanted);
    }
  }

  @Command(
      name = "show",
      description = "Shows a pull request.",
      footer = {"", "Example:", "  conductor pr show 1"})
  static final class Show extends Below {

    @Parameters(paramLabel = "NUMBER|URL", description = "the pull request")
    String given = "";

    @Override
    public Integer call() throws InterruptedException {
      PullRequest pr = find(given);
      var lines = new ArrayList<String>(List.of(line(pr.handle())));
      if (!pr.pushed()) {
        lines.add("the branch is local: nothing was pushed");
      }
      if (!pr.body().isEmpty()) {
        lines.addAll(List.of("", pr.body()));
      }
      pr.said().forEach(comment -> lines.addAll(List.of("", comment.at() + "  " + comment.body())));
      print(pr, lines);
      return Exit.OK;
    }
  }

  @Command(
      name = "diff",
      description = "Shows the changes of a pull request.",
      footer = {"", "Example:", "  conductor pr diff 1"})
  static final class Diff extends Below {

    @Parameters(paramLabel = "NUMBER|URL", description = "the pull request")
    String given = "";

    @Override
    public Integer call() throws InterruptedException {
      PullRequest pr = find(given);
      String diff = forge(pr).diff(pr);
      print(Map.of("number", pr.number(), "diff", diff), diff);
      return Exit.OK;
    }
  }

  @Command(
      name = "merge",
      description = "Merges a pull request.",
      footer = {"", "Example:", "  conductor pr merge 1 --strategy squash"})
  static final class Merge extends Below {

    @Parameters(paramLabel = "NUMBER|URL", description = "the pull request")
    String given = "";

    @Option(
        names = "--strategy",
        paramLabel = "STRATEGY",
        description = "merge, squash or rebase; default: merge")
    MergeStrategy strategy = MergeStrategy.MERGE;

    @Option(names = "--delete-branch", description = "delete the branch after the merge")
    boolean deleteBranch;

    @Override
    public Integer call() throws InterruptedException {
      PullRequest pr = find(given);
      var key = new Key("pr-merge", 0, UUID.randomUUID().toString(), "");
      PRHandle merged =
          forge(pr)
              .merge(pr.handle(), new Forge.Merging(strategy, deleteBranch, false, key, Set.of()));
      print(merged, List.of("merged " + merged.url()));
      return Exit.OK;
    }
  }
}
