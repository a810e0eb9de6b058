package conductor.handlers.git;

import conductor.process.Command;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads objects and refs with the git program, one process or more for each answer. */
record GitProgramReader(Git git) implements RepositoryReader {

  private static final String LINK = "160000";

  @Override
  public Optional<String> commit(String name) throws InterruptedException {
    Command.Ended found =
        git.run("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
    return found.ok() ? Optional.of(found.out().strip()) : Optional.empty();
  }

  @Override
  public String existing(String commit) throws InterruptedException {
    return git.must("rev-parse", "--verify", "--end-of-options", commit + "^{commit}");
  }

  @Override
  public String tree(String commit) throws InterruptedException {
    return git.must("rev-parse", "--verify", "--end-of-options", commit + "^{tree}");
  }

  @Override
  public boolean hasRef(String ref) throws InterruptedException {
    return git.is("show-ref", "--verify", "--quiet", ref);
  }

  @Override
  public Map<String, String> refs(String below) throws InterruptedException {
    var refs = new TreeMap<String, String>();
    for (String line : git.lines("for-each-ref", "--format=%(objectname) %(refname)", below)) {
      String[] fields = line.split(" ", 2);
      refs.put(fields[1], fields[0]);
    }
    return refs;
  }

  @Override
  public Optional<String> target(String symbolic) throws InterruptedException {
    Command.Ended found = git.run("symbolic-ref", "--quiet", symbolic);
    return found.ok() ? Optional.of(found.out().strip()) : Optional.empty();
  }

  @Override
  public boolean isAncestor(String commit, String of) throws InterruptedException {
    return git.is("merge-base", "--is-ancestor", commit, of);
  }

  @Override
  public String mergeBase(String one, String other) throws InterruptedException {
    return git.must("merge-base", one, other);
  }

  @Override
  public int beyond(String base, String head) throws InterruptedException {
    return git.count(base + ".." + head);
  }

  @Override
  public boolean hasMerges(String base, String head) throws InterruptedException {
    return git.count("--merges", base + ".." + head) > 0;
  }

  @Override
  public List<String> commits(String base, String head, Order order) throws InterruptedException {
    String sorted = order == Order.TOPOLOGICAL ? " --topo-order" : "";
    return git.lines(Git.line("rev-list --reverse --no-merges" + sorted, base + ".." + head));
  }

  @Override
  public CommitText text(String commit) throws InterruptedException {
    String format = "--format=%an%n%ae%n%ad%n%B";
    String[] parts =
        git.text("log", "-1", "--no-notes", "--date=raw", format, commit, "--").split("\n", 4);
    return new CommitText(parts[0], parts[1], parts[2], parts[3]);
  }

  @Override
  public Optional<String> blob(String id) throws InterruptedException {
    return git.is("cat-file", "-e", id + "^{blob}")
        ? Optional.of(git.text("cat-file", "blob", id))
        : Optional.empty();
  }

  @Override
  public Map<String, String> changedLinks(String from, String to) throws InterruptedException {
    List<String> items =
        git.items(
            "diff-tree", "-r", "-z", "--raw", "--no-renames", "--ignore-submodules=none", from, to);
    var links = new TreeMap<String, String>();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      String[] fields = items.get(i).split(" ", 5);
      if (fields[1].equals(LINK)) {
        links.put(items.get(i + 1), fields[3]);
      }
    }
    return links;
  }

  @Override
  public Diff difference(String from, String to) throws InterruptedException {
    return Patch.read(git, Patch.text(from, to, "--"));
  }
}
