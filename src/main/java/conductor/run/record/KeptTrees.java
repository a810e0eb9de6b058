package conductor.run.record;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import conductor.error.UserError;
import conductor.handlers.git.Git;
import conductor.handlers.worktree.WorktreeSnapshots;
import conductor.journal.Entry;
import conductor.journal.Position;
import conductor.state.LruCache;
import conductor.state.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the effects of a run changed in its worktrees, by the trees that were kept after each. Read
 * anew only when the journal has changed. Safe for use by several threads.
 */
public final class KeptTrees {

  /** Of how many runs it keeps what was read. */
  private static final int RUNS = 20;

  /** Of how many commits it keeps the trees. */
  private static final int TREES = 100_000;

  private final Git git;
  private final LruCache<String, Read> known = new LruCache<>(RUNS);
  private final LruCache<String, String> trees = new LruCache<>(TREES);

  /** Creates the reader, given git in some directory. */
  public KeptTrees(Git git) {
    this.git = git;
  }

  private record Read(RunView of, Steps steps) {}

  /**
   * What an effect left in a worktree.
   *
   * @param position the effect's
   * @param from the commit that was kept before; the worktree's first for the first effect
   * @param to the commit that was kept after it
   * @param changes whether their files differ
   */
  public record Step(String position, WorktreeEnv env, String from, String to, boolean changes) {}

  /**
   * All that was kept.
   *
   * @param all in the order in which the effects ended
   */
  public record Steps(List<Step> all) {

    /** Returns the positions of the effects that changed files, in the order of their ends. */
    public Set<String> changing() {
      return all.stream()
          .filter(Step::changes)
          .map(Step::position)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns what an effect changed: several where it touched several worktrees. */
    public List<Step> at(String position) {
      return all.stream()
          .filter(step -> step.changes() && step.position().equals(position))
          .toList();
    }
  }

  public Steps of(RunDirectory run, RunView view) throws InterruptedException {
    Read read = known.get(run.id());
    if (read == null || read.of() != view) {
      read = new Read(view, read(run, view.entries()));
      known.put(run.id(), read);
    }
    return read.steps();
  }

  private Steps read(RunDirectory run, List<Entry> entries) throws InterruptedException {
    Map<String, WorktreeEnv> envs = NamedWorktrees.of(run, entries);
    Map<String, Map<String, String>> kept = kept(run, envs.values());
    var steps = new ArrayList<Step>();
    var before = new HashMap<String, String>();
    for (Key key : ended(run, entries)) {
      Map<String, String> left = kept.getOrDefault(WorktreeSnapshots.name(key), Map.of());
      for (WorktreeEnv env : envs.values()) {
        String to = left.get(env.id());
        if (to != null) {
          String from = before.getOrDefault(env.id(), env.baseCommit());
          steps.add(new Step(key.position(), env, from, to, differ(env, from, to)));
          before.put(env.id(), to);
        }
      }
    }
    return new Steps(List.copyOf(steps));
  }

  /** Returns the effects in the order in which they ended, and last those that have not. */
  private static List<Key> ended(RunDirectory run, List<Entry> entries) {
    var ended = new ArrayList<Key>();
    var going = new LinkedHashMap<Position, Key>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Asked asked && !asked.position().isStep()) {
        going.put(asked.position(), Key.of(run.id(), asked));
      } else {
        end(entry).map(going::remove).ifPresent(ended::add);
      }
    }
    ended.addAll(going.values());
    return ended;
  }

  /** Returns what ended; the end of a step is that of no effect. */
  private static Optional<Position> end(Entry entry) {
    if (entry instanceof Entry.Replied reply) {
      return Optional.of(reply.position());
    }
    return entry instanceof Entry.Parked parked ? Optional.of(parked.position()) : Optional.empty();
  }

  /** Returns the commits by the effect's name and the worktree's id; none of what is gone. */
  private Map<String, Map<String, String>> kept(RunDirectory run, Collection<WorktreeEnv> envs)
      throws InterruptedException {
    var kept = new HashMap<String, Map<String, String>>();
    String below = WorktreeSnapshots.below(run.id());
    for (Path repository : envs.stream().map(WorktreeEnv::repo).distinct().toList()) {
      try {
        if (Files.isDirectory(repository)) {
          git.at(repository)
              .reader()
              .refs(below)
              .forEach((ref, commit) -> {
                int end = ref.lastIndexOf('/');
                kept.computeIfAbsent(ref.substring(below.length(), end), _ -> new HashMap<>())
                    .put(ref.substring(end + 1), commit);
              });
        }
      } catch (GitFailure | UserError e) {
        // what cannot be read is not linked to; the page of the changes says why
      }
    }
    return kept;
  }

  private boolean differ(WorktreeEnv env, String from, String to) throws InterruptedException {
    try {
      return !tree(env, from).equals(tree(env, to));
    } catch (GitFailure e) {
      return true; // the page of the difference says what is wrong
    }
  }

  private String tree(WorktreeEnv env, String commit) throws InterruptedException {
    String tree = trees.get(commit);
    if (tree == null) {
      tree = git.at(env.repo()).reader().tree(commit);
      trees.put(commit, tree);
    }
    return tree;
  }
}
