package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Key;
import conductor.handlers.git.Git;
import conductor.handlers.git.GitJobs;
import conductor.handlers.git.Message;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Repository;
import conductor.journal.Redactor;
import conductor.process.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes commits in worktrees, each with the key of its act in a trailer. */
public final class Commits {

  /** The trailer that a commit is found by. */
  public static final String TRAILER = "Conductor-Key";

  private static final String JOB = "commit";

  private final WorktreeInspector inspector;
  private final GitJobs jobs;
  private final Redactor secrets;

  /** Makes commits whose messages may not contain the given secrets. */
  public Commits(WorktreeInspector inspector, GitJobs jobs, Redactor secrets) {
    this.inspector = inspector;
    this.jobs = jobs;
    this.secrets = secrets;
  }

  /** Returns the names of the known secrets whose values a text contains. */
  public List<String> secretsIn(String text) {
    return secrets.found(text);
  }

  /** Refuses commits with secrets before a push, those with the remote's password included. */
  void refuseSecrets(Git git, Remote remote, List<String> revisions) throws InterruptedException {
    SecretSearch.refuse(git, remote.secrets(secrets), revisions);
  }

  /** Returns git in a worktree, see {@link WorktreeInspector#git}. */
  public Git in(WorktreeEnv env) {
    return inspector.git(env);
  }

  Path gitDirectory(WorktreeEnv env) {
    return inspector.gitDirectory(env);
  }

  WorktreeState look(WorktreeEnv env) throws InterruptedException {
    return inspector.look(env);
  }

  WorktreeState ready(WorktreeEnv env, Consumer<String> say) throws InterruptedException {
    return inspector.ready(env, say);
  }

  /** Returns the trailer that names the act that made a commit. */
  public static String trailer(Key key) {
    return TRAILER + ": " + key;
  }

  /**
   * Returns the act that commits changes; its reply is the commit's id. It fails when there is
   * nothing to commit.
   *
   * @param all whether new and changed files are staged first
   */
  Act<String> act(WorktreeEnv env, String message, boolean all) {
    return Act.adoptable(call -> committed(env, message, all, false, call));
  }

  /** Returns the act that commits all changes, if there are any; its reply is the head's id. */
  public Act<String> rest(WorktreeEnv env, String message) {
    return Act.adoptable(call -> committed(env, message, true, true, call));
  }

  /** Commits, unless an earlier process did so for the same act: hooks must run only once. */
  private String committed(
      WorktreeEnv env, String message, boolean all, boolean mayBeClean, Call call)
      throws InterruptedException {
    CheckoutRefusal.mustBeMade("Commit", env);
    List<String> told = secretsIn(message);
    if (!told.isEmpty()) {
      throw new GitFailure.SecretInCommits(told, List.of("the message"));
    }
    Git git = in(env);
    Optional<Command.Ended> before = jobs.adopted(call, JOB, git.limit());
    Optional<String> found =
        before.isEmpty() && !jobs.began(call, JOB) ? Optional.empty() : find(git, env, call.key());
    if (found.isPresent()) {
      return found.get();
    }
    if (before.isPresent() && !before.get().ok()) {
      throw Git.error(before.get(), "commit");
    }
    WorktreeState state = inspector.ready(env, call::say);
    if (mayBeClean && !state.dirty()) {
      return state.head();
    }
    if (all) {
      stage(git, state, call);
    }
    new LargeFiles(git).refuseStaged(env);
    if (Staging.isEmpty(git)) {
      if (mayBeClean) {
        return state.head();
      }
      throw new GitFailure.NothingToCommit(env.path());
    }
    Repository.mustHaveIdentity(git, env.repo());
    return made(git, env, message, call);
  }

  private static void stage(Git git, WorktreeState state, Call call) throws InterruptedException {
    for (WorktreeState.Submodule submodule : state.submodules()) {
      if (submodule.edited()) {
        throw new GitFailure.WorktreeNotReady(
            state.env().id(),
            List.of("the submodule " + submodule.path() + " has changes of its own"),
            "commit them there, so that this repository can point to them");
      }
      if (submodule.untracked()) {
        call.say("new files in the submodule %s are left out".formatted(submodule.path()));
      }
    }
    NestedRepositories.takeIn(git, state, call::say);
    Staging.all(git, state);
    if (!state.born().isEmpty()) {
      call.say(
          "left out, for it was so when the worktree was made: "
              + WorktreeState.listed(state.born()));
    }
  }

  private String made(Git git, WorktreeEnv env, String message, Call call)
      throws InterruptedException {
    String text = Message.with(message, List.of(trailer(call.key())));
    Command.Ended ended =
        jobs.run(call, JOB, GitJobs.Spec.git(git, text, Git.line(Staging.COMMIT)));
    Optional<String> found = find(git, env, call.key());
    if (found.isPresent()) {
      return found.get();
    }
    if (!Git.alive(ended, "commit").ok()) {
      throw Git.error(ended, "commit");
    }
    return git.reader().existing("HEAD");
  }

  private static Optional<String> find(Git git, WorktreeEnv env, Key key)
      throws InterruptedException {
    return find(git, key, env.baseCommit() + "..HEAD");
  }

  /** Returns the newest commit of some revisions whose trailer has a key; empty for none. */
  public static Optional<String> find(Git git, Key key, String revisions)
      throws InterruptedException {
    String[] words =
        Git.line("log --format=%H --fixed-strings " + revisions, "--grep", trailer(key));
    return git.lines(words).stream().findFirst();
  }
}
