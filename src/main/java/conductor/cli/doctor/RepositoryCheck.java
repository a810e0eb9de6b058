package conductor.cli.doctor;

import static conductor.cli.doctor.CheckResult.note;
import static conductor.cli.doctor.CheckResult.ok;
import static conductor.cli.doctor.CheckResult.wrong;

import conductor.cli.CommandContext;
import conductor.config.Configuration;
import conductor.config.Places;
import conductor.effect.GitFailure;
import conductor.handlers.forge.github.GitHubTokens;
import conductor.handlers.git.Git;
import conductor.handlers.git.Repository;
import conductor.process.CannotRun;
import conductor.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks the current directory's repository with git: access, identity, remote and branch names.
 */
final class RepositoryCheck {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** The part of git's message that tells that there is no repository, rather than a broken one. */
  private static final String NONE = "not a git repository (or any";

  private static final Pattern LOGIN =
      Pattern.compile("could not read (Username|Password)|Authentication failed");
  private static final Pattern USER_IN_URL = Pattern.compile("//[^/@\\s]+@");
  private static final Pattern DEFAULT_BRANCH = Pattern.compile("ref: refs/heads/(\\S+)\tHEAD");
  private static final Pattern TIME = Pattern.compile(" \\d+ [+-]\\d{4}$");

  private final String prefix;
  private final Duration limit;
  private final Git git;

  RepositoryCheck(CommandContext context, Places places) {
    this(
        context,
        Configuration.load(places, Map.of()).text("worktree.branch_prefix").orElse("conductor"),
        LIMIT);
  }

  /** Creates the check, for a prefix of branches and the time that a remote may take. */
  RepositoryCheck(CommandContext context, String prefix, Duration limit) {
    this.prefix = prefix.replaceFirst("(?<!/)/++$", "");
    this.limit = limit;
    var environment = new TreeMap<String, String>(context.environment());
    GitHubTokens.VARIABLES.forEach(environment::remove);
    this.git = Git.in(context.directory(), environment);
  }

  List<CheckResult> all() throws InterruptedException {
    try {
      Command.Ended asked = git.run("rev-parse", "--git-dir");
      if (asked.err().contains(NONE)) {
        return List.of(note("repository", git.directory() + " is in no git repository"));
      }
      if (!asked.ok()) {
        return List.of(wrong("repository", reason(asked)));
      }
      return looked(Repository.of(git));
    } catch (GitFailure e) {
      return List.of(wrong("repository", String.valueOf(e.getMessage())));
    } catch (CannotRun e) {
      return List.of(); // a missing git is reported by MachineCheck
    }
  }

  private List<CheckResult> looked(Repository repository) throws InterruptedException {
    var found = new ArrayList<CheckResult>();
    Path written = repository.git().commonDirectory();
    found.add(
        Files.isWritable(written)
            ? ok("repository", repository.main().toString())
            : wrong("repository", written + " cannot be written by you: no worktree can be made"));
    found.add(identity());
    Optional<String> remote = repository.remote();
    found.add(remote.isPresent() ? remote(remote.get()) : withoutRemote());
    inTheWay().ifPresent(found::add);
    return found;
  }

  private CheckResult identity() throws InterruptedException {
    Command.Ended asked = git.run("var", "GIT_COMMITTER_IDENT");
    if (asked.ok()) {
      return ok("identity", TIME.matcher(asked.out().strip()).replaceFirst(""));
    }
    String last = asked.err().strip().lines().reduce("", (_, line) -> line);
    return wrong(
        "identity",
        "%s; set user.name and user.email with 'git config --global'".formatted(plain(last)));
  }

  private CheckResult withoutRemote() throws InterruptedException {
    String effect = "worktrees start from the current branch, and nothing is pushed";
    List<String> remotes = git.lines("remote");
    return remotes.isEmpty()
        ? ok("remote", "there is none: " + effect)
        : note(
            "remote",
            "none of %s is called origin: %s".formatted(String.join(", ", remotes), effect));
  }

  /** Conductor's own login, which is only between git and the forge, is not used. */
  private CheckResult remote(String name) throws InterruptedException {
    try {
      Command.Ended asked = git.limited(limit).run("ls-remote", "--symref", name, "HEAD");
      if (asked.ok()) {
        return answered(name, asked.out());
      }
      return LOGIN.matcher(asked.err()).find()
          ? note(
              "remote",
              "%s asks for a login, and git has none; the forge's token is used where there is one"
                  .formatted(name))
          : wrong("remote", "%s cannot be read: %s".formatted(name, reason(asked)));
    } catch (GitFailure.GitError e) {
      return wrong("remote", "%s did not answer within %d s".formatted(name, limit.toSeconds()));
    }
  }

  private static CheckResult answered(String name, String said) {
    var branch = DEFAULT_BRANCH.matcher(said);
    return branch.find()
        ? ok("remote", "%s, its default branch is %s".formatted(name, branch.group(1)))
        : note("remote", name + " has no default branch: push one, or give --base");
  }

  /** Returns an error when a branch is where git must make a directory; else empty. */
  private Optional<CheckResult> inTheWay() throws InterruptedException {
    for (int end = prefix.indexOf('/'); ; end = prefix.indexOf('/', end + 1)) {
      String branch = end < 0 ? prefix : prefix.substring(0, end);
      if (git.is("show-ref", "--verify", "--quiet", "refs/heads/" + branch)) {
        return Optional.of(wrong("branches", blocked(branch)));
      }
      if (end < 0) {
        return Optional.empty();
      }
    }
  }

  private String blocked(String branch) {
    return "the branch '%1$s' is in the way of branches such as '%2$s/...': rename it with 'git branch -m %1$s NAME', or set worktree.branch_prefix"
        .formatted(branch, prefix);
  }

  /** Returns git's error message with its advice, on one line. */
  private static String reason(Command.Ended ended) {
    return ended
        .err()
        .lines()
        .map(RepositoryCheck::plain)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String plain(String line) {
    return USER_IN_URL.matcher(line.strip().replaceFirst("^fatal: ", "")).replaceAll("//***@");
  }
}
