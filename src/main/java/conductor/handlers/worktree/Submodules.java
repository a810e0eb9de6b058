package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import conductor.handlers.git.Remote;
import conductor.process.CannotRun;
import conductor.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Handles the submodules of a worktree: checks them out without writing to the user's
 * configuration, publishes their commits before a push, and finds commits that exist nowhere else.
 * A gitlink without an entry in {@code .gitmodules} is not a submodule.
 */
final class Submodules {

  private static final Duration FETCH = Duration.ofSeconds(10);

  private Submodules() {}

  /** A gitlink: its path and the commit that it points to. */
  private record Pointer(String path, String commit) {}

  /** Returns the paths that {@code .gitmodules} names, whether they are gitlinks or not. */
  static Set<String> paths(Git git) throws InterruptedException {
    return names(git).keySet();
  }

  private static Map<String, String> names(Git git) throws InterruptedException {
    var names = new LinkedHashMap<String, String>();
    if (!Files.isRegularFile(git.directory().resolve(".gitmodules"))) {
      return names;
    }
    Command.Ended listed =
        git.run("config", "-z", "--file", ".gitmodules", "--get-regexp", "^submodule\\..*\\.path$");
    for (String item : Git.split(listed.out())) {
      int end = item.indexOf('\n');
      names.put(
          item.substring(end + 1), item.substring("submodule.".length(), end - ".path".length()));
    }
    return names;
  }

  /**
   * Checks out the submodules of a new worktree. One that cannot be fetched is taken from the
   * user's checkout if that has it; otherwise it stays empty and is reported.
   *
   * @param checkout the user's checkout
   */
  static void initialise(Git git, WorktreeEnv env, Path checkout, Consumer<String> say)
      throws InterruptedException {
    Set<String> wanted = paths(git);
    if (wanted.isEmpty()) {
      return;
    }
    List<String> paths =
        git.items(Git.line("--literal-pathspecs ls-files -s -z --", wanted)).stream()
            .filter(item -> item.startsWith("160000 "))
            .map(item -> item.substring(item.indexOf('\t') + 1))
            .filter(path -> Cone.holds(env, path + "/any"))
            .toList();
    if (paths.isEmpty() || update(git, paths).ok()) {
      return;
    }
    for (String path : paths) {
      Command.Ended alone = update(git, List.of(path));
      if (!alone.ok()) {
        String how =
            fromCheckout(git, checkout, path) ? "taken from " + checkout.resolve(path) : "left out";
        say.accept("the submodule %s is %s: %s".formatted(path, how, reason(alone)));
      }
    }
  }

  private static String reason(Command.Ended ended) {
    return ended
        .err()
        .lines()
        .filter(line -> line.startsWith("fatal:") || line.startsWith("error:"))
        .findFirst()
        .orElse(ended.err().strip());
  }

  /**
   * Runs {@code git submodule update} with all submodules active for this one command, because
   * {@code init} would write to the user's configuration.
   */
  private static Command.Ended update(Git git, List<String> paths) throws InterruptedException {
    return git.set("submodule.active", ".")
        .run(Git.line("submodule update --recursive --quiet --", paths));
  }

  private static boolean fromCheckout(Git git, Path checkout, String path)
      throws InterruptedException {
    Path theirs = checkout.resolve(path);
    if (!Files.exists(theirs.resolve(".git"))) {
      return false;
    }
    Git local =
        git.set("submodule." + names(git).get(path) + ".url", theirs.toString())
            .set("protocol.file.allow", "always");
    if (!update(local, List.of(path)).ok()) {
      return false;
    }
    Git here = git.at(git.directory().resolve(path));
    Optional<String> url = git.at(theirs).setting("remote.origin.url");
    if (url.isPresent()) {
      here.must("remote", "set-url", "origin", url.get());
    }
    // commits that only the checkout has must not appear to be at the remote
    here.run(
        Git.line(
            "-c protocol.file.allow=always fetch --quiet --prune --no-tags",
            theirs.toString(),
            "+refs/remotes/origin/*:refs/remotes/origin/*"));
    return true;
  }

  private static boolean isThere(Git git, String path) {
    return Files.exists(git.directory().resolve(path).resolve(".git"));
  }

  /** Returns whether a commit is on a remote-tracking branch; true also when it is not here. */
  private static boolean isPublished(Git submodule, String commit) throws InterruptedException {
    return submodule.reader().commit(commit).isEmpty()
        || submodule.count(commit, "--not", "--remotes") == 0;
  }

  /**
   * Checks, before a branch is pushed, that the submodule commits it points to are at their
   * remotes. Follows the setting {@code push.recurseSubmodules}: {@code on-demand} pushes missing
   * commits to the submodule's remote, on a branch with the worktree's branch name; {@code no} only
   * reports them.
   *
   * @throws GitFailure.WorktreeNotReady when a commit is missing there, or a gitlink is not a
   *     submodule
   */
  static void publish(Git git, WorktreeEnv env, String head, Consumer<String> say)
      throws InterruptedException {
    String how = git.setting("push.recurseSubmodules").orElse("check");
    Set<String> known = paths(git);
    for (var link : git.reader().changedLinks(env.baseCommit(), head).entrySet()) {
      var pointer = new Pointer(link.getKey(), link.getValue());
      if (!known.contains(pointer.path())) {
        throw new GitFailure.WorktreeNotReady(
            env.id(),
            List.of(
                pointer.path()
                    + "/ is committed as a link to a repository of its own, which .gitmodules does not name"),
            "remove %s/.git and commit its files, or add it with 'git submodule add'"
                .formatted(pointer.path()));
      }
      if (isThere(git, pointer.path())) {
        publish(git.at(git.directory().resolve(pointer.path())), pointer, how, env, say);
      }
    }
  }

  private static void publish(
      Git submodule, Pointer pointer, String how, WorktreeEnv env, Consumer<String> say)
      throws InterruptedException {
    if (isPublished(submodule, pointer.commit()) || fetched(submodule, pointer.commit())) {
      return;
    }
    String brief = pointer.commit().substring(0, 10);
    switch (how) {
      case "on-demand", "only" -> {
        push(submodule, pointer, env);
        say.accept(
            "pushed %s of the submodule %s to its remote, as %s"
                .formatted(brief, pointer.path(), env.branch()));
      }
      case "no", "false" ->
          say.accept(
              "the remote of the submodule %s does not have its commit %s (push.recurseSubmodules is 'no')"
                  .formatted(pointer.path(), brief));
      default ->
          throw new GitFailure.WorktreeNotReady(
              env.id(),
              List.of(
                  "the submodule %s is at %s, which its remote does not have"
                      .formatted(pointer.path(), brief)),
              "push it there, or 'git config push.recurseSubmodules on-demand'");
    }
  }

  private static boolean fetched(Git submodule, String commit) throws InterruptedException {
    try {
      return submodule.run(FETCH, "fetch", "--quiet", "--all", "--no-recurse-submodules").ok()
          && isPublished(submodule, commit);
    } catch (CannotRun e) {
      return false;
    }
  }

  private static void push(Git submodule, Pointer pointer, WorktreeEnv env)
      throws InterruptedException {
    List<String> remotes = submodule.lines("remote");
    if (remotes.isEmpty()) {
      throw new GitFailure.NoRemote(submodule.directory(), "");
    }
    String remote = remotes.contains("origin") ? "origin" : remotes.getFirst();
    Command.Ended pushed =
        new Remote(submodule, remote)
            .insist(
                Git.line(
                    "push --no-follow-tags --no-recurse-submodules",
                    remote,
                    pointer.commit() + ":refs/heads/" + env.branch()));
    if (!pushed.ok()) {
      throw new GitFailure.PushRejected(
          pointer.path(), remote, "of the submodule: " + pushed.err().strip());
    }
  }

  /** Returns in words what a worktree's submodules contain that exists nowhere else. */
  static List<String> losses(Git git) throws InterruptedException {
    var losses = new ArrayList<String>();
    for (String path : paths(git)) {
      if (!isThere(git, path)) {
        continue;
      }
      Git submodule = git.at(git.directory().resolve(path));
      List<String> files =
          submodule.items(
              Git.line(
                  "status --porcelain -z --untracked-files=all --ignore-submodules=none"
                      + " --no-renames"));
      int commits =
          submodule.reader().commit("HEAD").isEmpty()
              ? 0
              : submodule.count("HEAD", "--branches", "--not", "--remotes");
      if (!files.isEmpty() || commits > 0) {
        losses.add(
            "the submodule %s has %d uncommitted files, %d commits that its remote does not have"
                .formatted(path, files.size(), commits));
      }
    }
    return losses;
  }

  /** Keeps the branches and heads of a worktree's submodules in the main repository, under refs. */
  static void keep(Git git, Git main, String under) throws InterruptedException {
    for (String path : paths(git)) {
      if (isThere(git, path)) {
        NestedRepositories.keep(git, main, path, under);
      }
    }
  }
}
