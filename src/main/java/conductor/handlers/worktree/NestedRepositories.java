package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.BranchNames;
import conductor.handlers.git.Git;
import conductor.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Handles git repositories that were made inside a worktree and are not submodules, such as those
 * that project generators make. Git would commit such a directory as a link to a commit that nobody
 * else has.
 */
final class NestedRepositories {

  private static final String PLACEHOLDER = "/.conductor-nested";

  private NestedRepositories() {}

  /**
   * Prepares nested repositories for a commit: makes git see the files of each as files of the
   * worktree, and keeps its history under {@code refs/conductor/nested/}.
   *
   * @throws GitFailure.WorktreeNotReady for a repository that has a remote, since that is a clone
   *     of another repository
   */
  static void takeIn(Git git, WorktreeState state, Consumer<String> say)
      throws InterruptedException {
    WorktreeEnv env = state.env();
    for (String path : state.nested()) {
      Git nested = git.at(git.directory().resolve(path));
      if (!nested.run("remote").out().isBlank()) {
        throw new GitFailure.WorktreeNotReady(
            env.id(),
            List.of(path + "/ is a clone of another repository"),
            "add it with 'git submodule add', ignore it, or remove %s/.git to have its files committed"
                .formatted(path));
      }
      keep(git, git.at(env.repo()), path, "refs/conductor/nested/" + env.id());
      say.accept(
          "%s/ is a repository of its own: its files are committed, its history is kept under refs/conductor/nested/%s"
              .formatted(path, env.id()));
    }
    placeholders(git, state.nested());
  }

  /**
   * Makes git treat the files of nested repositories, at any depth, as files of the worktree, by a
   * placeholder in the index of each.
   */
  static void placeholders(Git git, List<String> nested) throws InterruptedException {
    List<String> found = nested;
    while (!found.isEmpty()) {
      String empty = git.textFed("", "hash-object", "-w", "--stdin").strip();
      var lines = new StringBuilder();
      for (String path : found) {
        lines.append("0 %s\t%s\0".formatted("0".repeat(empty.length()), path));
        lines.append("100644 %s\t%s%s\0".formatted(empty, path, PLACEHOLDER));
      }
      git.textFed(lines.toString(), "update-index", "-z", "--index-info");
      found = within(git, found);
    }
  }

  /** Returns the repositories inside some directories that git now searches. */
  private static List<String> within(Git git, List<String> outer) throws InterruptedException {
    String[] words =
        Git.line("--literal-pathspecs ls-files -z --others --exclude-standard --", outer);
    return git.items(words).stream()
        .filter(path -> path.endsWith("/"))
        .map(path -> path.substring(0, path.length() - 1))
        .toList();
  }

  /** Keeps the branches and the head of a repository below a worktree in the main repository. */
  static void keep(Git git, Git main, String path, String under) throws InterruptedException {
    Path place = git.directory().resolve(path);
    Git nested = git.at(place);
    if (nested.reader().commit("HEAD").isEmpty()) {
      return;
    }
    String ref = under + "/" + BranchNames.cleaned(path);
    Command.Ended fetched =
        main.set("protocol.file.allow", "always")
            .run(
                Git.line(
                    "fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head",
                    place.toString(),
                    "+HEAD:" + ref + "/HEAD",
                    "+refs/heads/*:" + ref + "/heads/*"));
    if (!fetched.ok()) {
      throw Git.error(fetched, "fetch", place.toString());
    }
  }

  /**
   * Returns in words what nested repositories contain that exists nowhere else, including those
   * whose files were committed and which {@code git status} therefore does not list.
   */
  static List<String> losses(Git git, Git main, WorktreeState state) throws InterruptedException {
    var losses = new ArrayList<String>();
    state.nested().forEach(path -> losses.add(path + "/ is a repository of its own"));
    for (String path : takenIn(git)) {
      Git nested = git.at(git.directory().resolve(path));
      String[] status = Git.line("--no-optional-locks status --porcelain --untracked-files=all");
      boolean clean = nested.run(status).out().isBlank();
      String kept = "refs/conductor/nested/" + state.env().id() + "/" + BranchNames.cleaned(path);
      Optional<String> head = nested.reader().commit("HEAD");
      if (!clean || head.isEmpty() || !head.equals(main.reader().commit(kept + "/HEAD"))) {
        losses.add(path + "/ is a repository of its own, whose history is not kept");
      }
    }
    return losses;
  }

  /** Returns the directories of tracked files that are repositories of their own. */
  private static List<String> takenIn(Git git) throws InterruptedException {
    var directories = new LinkedHashSet<Path>();
    for (String file : git.items("ls-files", "-z")) {
      Path parent = Path.of(file).getParent();
      while (parent != null && directories.add(parent)) {
        parent = parent.getParent();
      }
    }
    return directories.stream()
        .filter(directory -> Files.exists(git.directory().resolve(directory).resolve(".git")))
        .map(Path::toString)
        .toList();
  }
}
