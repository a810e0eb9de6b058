package conductor.cli.setup;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.cli.doctor.CheckResult;
import conductor.cli.doctor.Checks;
import conductor.config.Configuration;
import conductor.config.Places;
import conductor.config.Trust;
import conductor.effect.GitFailure;
import conductor.handlers.git.Git;
import conductor.handlers.git.Repository;
import conductor.state.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets up the repository that the user is in: writes its configuration, trusts it, checks all. */
@Command(
    name = "init",
    description = {
      "Looks at this repository and this machine, and writes .conductor/config.yaml: the agent, the command that runs the"
          + " tests, what a new worktree needs. Trusts what it wrote and runs the checks of 'conductor doctor'; exit code"
          + " 1 when something is wrong. A file that is there stays as it is."
    },
    footer = {"", "Examples:", "  conductor init", "  conductor init --yes --json"})
public final class InitCommand extends Subcommand {

  @Option(names = "--yes", description = "trust what else .conductor brings, without asking")
  boolean yes;

  @Option(
      names = "--skill",
      description =
          "also write .claude/skills/conductor/SKILL.md, which tells agents that work here how to use conductor")
  boolean skill;

  /**
   * What was done, as it is printed with {@code --json}.
   *
   * @param written whether the file was not there before
   * @param trusted whether what the repository brings may run now
   * @param skill the file for agents; null when it was not asked for
   */
  record Report(
      int v,
      Path config,
      boolean written,
      boolean trusted,
      List<CheckResult> checks,
      String next,
      @Nullable SkillFile skill) {}

  @Override
  public Integer call() throws InterruptedException {
    Path top = top();
    Path file = top.resolve(".conductor/config.yaml");
    mustBeOwn(List.of(file.getParent(), file));
    SkillFile.Draft agents = skill ? SkillFile.draft(top, context().home()) : null;
    if (agents != null) {
      mustBeOwn(agents.places());
    }
    boolean written = !Files.exists(file);
    if (written) {
      AtomicFile.write(file, draft(top).yaml(), file.resolveSibling(".config.yaml.writing"));
    }
    Configuration.load(at(top), Map.of()); // what is broken is told of before anything is trusted
    boolean trusted = trusted(new Trust(at(top)), written ? file : null);
    List<CheckResult> checks = Checks.all(context(), places(), store());
    boolean ok = checks.stream().allMatch(CheckResult::ok);
    SkillFile told = agents == null ? null : agents.written();
    var report = new Report(1, file, written, trusted, checks, next(ok, trusted), told);
    print(report, lines(report));
    return ok ? Exit.OK : Exit.FAILED;
  }

  /** Returns the top directory of the worktree that the user is in. */
  private Path top() throws InterruptedException {
    try {
      return Repository.of(Git.in(context().directory(), context().environment())).checkout();
    } catch (GitFailure e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private Places at(Path top) {
    return new Places(context().environment(), top, context().home(), places().state());
  }

  private ConfigurationDraft draft(Path top) throws InterruptedException {
    return ConfigurationDraft.of(
        FoundAgent.all(looking().agents(), top, context().environment()),
        Configuration.load(at(top), Map.of()).text("agent"),
        BuildTool.of(top));
  }

  /**
   * Refuses what a repository brings to lead somewhere else, such as to the user's own settings.
   */
  private static void mustBeOwn(List<Path> places) {
    for (Path place : places) {
      if (Files.isSymbolicLink(place)) {
        throw new UsageError(
            place
                + " is a symbolic link, which init does not follow; remove it, or write it yourself");
      }
    }
  }

  /**
   * Trusts what this command wrote, and that alone: what else the repository brings, or the file
   * names of it, such as a build tool's wrapper, needs a person's word.
   *
   * @param written the file that this command wrote; null when it was there
   */
  private boolean trusted(Trust trust, @Nullable Path written) {
    if (trust.given()) {
      return true;
    }
    boolean isOurs =
        written != null && trust.brings().stream().allMatch(line -> line.startsWith(written + ":"));
    if (!isOurs && !yes && !agreed(trust)) {
      return false;
    }
    trust.give();
    return true;
  }

  private boolean agreed(Trust trust) {
    if (!console().terminal() || json) {
      return false;
    }
    trust.brings().forEach(console()::warn);
    return console().agrees("these files could run programs on this machine; trust them?");
  }

  private static String next(boolean ok, boolean trusted) {
    if (!trusted) {
      return "conductor trust";
    }
    return ok ? "conductor run enforced_pr --issue ISSUE.md" : "conductor doctor";
  }

  private List<String> lines(Report report) {
    var lines = new ArrayList<String>();
    lines.add((report.written() ? "wrote " : "kept ") + report.config());
    if (report.skill() != null) {
      lines.add(report.skill().line());
    }
    report.checks().forEach(check -> lines.add(check.line(console())));
    lines.add("next: " + report.next());
    return lines;
  }
}
