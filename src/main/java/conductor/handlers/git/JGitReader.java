package conductor.handlers.git;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads objects and refs with JGit, inside the process. Asks the git program instead where JGit's
 * answer might differ or fail: for names that git interprets, answers that depend on the order of
 * git's walk, objects that are not found, and damaged files.
 */
record JGitReader(GitProgramReader program, JGitRepositories repositories)
    implements RepositoryReader {

  /** Variables that choose a repository or change how its objects are read. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          Git.line(
              "GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_DIR GIT_NO_REPLACE_OBJECTS"
                  + " GIT_OBJECT_DIRECTORY"));

  private interface Asked<T> {
    T answer() throws InterruptedException;
  }

  private <T> T read(JGitRepositories.Query<T> query, Asked<T> otherwise)
      throws InterruptedException {
    if (program.git().environment().keySet().stream().noneMatch(ELSEWHERE::contains)) {
      try {
        return repositories.read(program.git().directory(), query);
      } catch (IOException | RuntimeException _) {
        // JGit throws both kinds when a file is gone or has an unexpected form
      }
    }
    return otherwise.answer();
  }

  @Override
  public Optional<String> commit(String name) throws InterruptedException {
    return read(objects -> Optional.of(objects.commit(name).name()), () -> program.commit(name));
  }

  @Override
  public String existing(String commit) throws InterruptedException {
    return read(objects -> objects.commit(commit).name(), () -> program.existing(commit));
  }

  @Override
  public String tree(String commit) throws InterruptedException {
    return read(objects -> objects.commit(commit).getTree().name(), () -> program.tree(commit));
  }

  @Override
  public boolean hasRef(String ref) throws InterruptedException {
    return read(objects -> objects.hasRef(ref), () -> program.hasRef(ref));
  }

  @Override
  public Map<String, String> refs(String below) throws InterruptedException {
    return read(objects -> objects.refs(below), () -> program.refs(below));
  }

  @Override
  public Optional<String> target(String symbolic) throws InterruptedException {
    return read(objects -> objects.target(symbolic), () -> program.target(symbolic));
  }

  @Override
  public boolean isAncestor(String commit, String of) throws InterruptedException {
    return read(objects -> objects.isAncestor(commit, of), () -> program.isAncestor(commit, of));
  }

  @Override
  public String mergeBase(String one, String other) throws InterruptedException {
    return read(objects -> objects.mergeBase(one, other), () -> program.mergeBase(one, other));
  }

  @Override
  public int beyond(String base, String head) throws InterruptedException {
    return read(objects -> objects.beyond(base, head).size(), () -> program.beyond(base, head));
  }

  @Override
  public boolean hasMerges(String base, String head) throws InterruptedException {
    return read(
        objects ->
            objects.beyond(base, head).stream().anyMatch(commit -> commit.getParentCount() > 1),
        () -> program.hasMerges(base, head));
  }

  @Override
  public List<String> commits(String base, String head, Order order) throws InterruptedException {
    return read(objects -> objects.line(base, head), () -> program.commits(base, head, order));
  }

  @Override
  public CommitText text(String commit) throws InterruptedException {
    return read(objects -> objects.text(commit), () -> program.text(commit));
  }

  @Override
  public Optional<String> blob(String id) throws InterruptedException {
    return read(objects -> Optional.of(objects.blob(id)), () -> program.blob(id));
  }

  @Override
  public Map<String, String> changedLinks(String from, String to) throws InterruptedException {
    return read(objects -> objects.changedLinks(from, to), () -> program.changedLinks(from, to));
  }

  @Override
  public Diff difference(String from, String to) throws InterruptedException {
    return read(objects -> objects.difference(from, to), () -> program.difference(from, to));
  }
}
