package conductor.handlers.git;

import conductor.handlers.git.JGitRepositories.NotForJGit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.MyersDiff;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects and refs of a repository with JGit, for one answer. Each method throws {@link
 * NotForJGit} where the git program might answer differently.
 */
final class JGitObjects implements AutoCloseable {

  private static final Pattern NAME =
      Pattern.compile("(HEAD|[0-9a-f]{40}|refs/[^\\^~:?*\\[\\\\\\p{Cntrl} ]+)((?:\\^[1-9]?)*)");

  private static final Pattern SYMBOLIC = Pattern.compile("ref:\\s*(refs/\\S+)\\s*");

  private static final Pattern AUTHOR =
      Pattern.compile(
          "author (?:([^<>\\s](?:[^<>\\n]*[^<>\\s])?) )?<([^<>\\s]*)> (0|[1-9]\\d*) "
              + "((?!-0000)[+-]\\d{4})");

  /** Refs that each worktree has for itself. */
  private static final Pattern OF_A_WORKTREE = Pattern.compile("refs/(bisect|worktree|rewritten)/");

  private static final boolean NAMES_ARE_UTF_8 =
      StandardCharsets.UTF_8.name().equals(System.getProperty("sun.jnu.encoding"));

  private static final char UNREADABLE = '\uFFFD';
  private static final int MOST_OF_A_BLOB = 16 << 20;

  private final Repository repository;
  private final GitDirectories directories;
  private final RevWalk walk;

  JGitObjects(Repository repository, GitDirectories directories) throws IOException {
    this.repository = repository;
    this.directories = directories;
    this.walk = new RevWalk(repository);
    refresh();
    NotForJGit.unless(
        repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS + "replace/").isEmpty());
  }

  @Override
  public void close() {
    walk.close();
  }

  private void refresh() {
    repository.getRefDatabase().refresh();
  }

  RevCommit commit(String name) throws IOException {
    Matcher parts = NAME.matcher(name);
    NotForJGit.unless(parts.matches());
    RevCommit commit = walk.parseCommit(id(parts.group(1)));
    for (String step : parts.group(2).split("(?=\\^)", -1)) {
      if (!step.isEmpty()) {
        int parent = step.equals("^") ? 1 : step.charAt(1) - '0';
        NotForJGit.unless(parent <= commit.getParentCount());
        commit = walk.parseCommit(commit.getParent(parent - 1));
      }
    }
    return commit;
  }

  private ObjectId id(String name) throws IOException {
    if (ObjectId.isId(name)) {
      return ObjectId.fromString(name);
    }
    String head = name.equals(Constants.HEAD) ? head() : name;
    if (ObjectId.isId(head)) {
      return ObjectId.fromString(head);
    }
    Ref ref = ref(head);
    if (ref == null || ref.getObjectId() == null) {
      throw new NotForJGit();
    }
    return ref.getObjectId();
  }

  /** Returns the content of HEAD: a full ref, or an id when detached. */
  private String head() throws IOException {
    String text = Files.readString(directories.own().resolve(Constants.HEAD)).strip();
    Matcher symbolic = SYMBOLIC.matcher(text);
    return symbolic.matches() ? symbolic.group(1) : text;
  }

  /**
   * Returns a ref by its full name; null when there is none. Looks twice before that, because
   * {@code git pack-refs} moves refs from one place to another.
   */
  private @Nullable Ref ref(String name) throws IOException {
    NotForJGit.unless(
        name.startsWith(Constants.R_REFS)
            && Repository.isValidRefName(name)
            && !OF_A_WORKTREE.matcher(name).lookingAt()
            && (NAMES_ARE_UTF_8 || StandardCharsets.US_ASCII.newEncoder().canEncode(name)));
    Ref ref = repository.getRefDatabase().exactRef(name);
    if (ref == null) {
      refresh();
      ref = repository.getRefDatabase().exactRef(name);
    }
    return ref;
  }

  boolean hasRef(String name) throws IOException {
    Ref ref = ref(name);
    return ref != null
        && ref.getObjectId() != null
        && repository.getObjectDatabase().has(ref.getObjectId());
  }

  Map<String, String> refs(String below) throws IOException {
    Path loose = directories.common().resolve(below);
    NotForJGit.unless(
        NAMES_ARE_UTF_8 && below.startsWith(Constants.R_REFS) && !hasUnreadable(loose));
    var refs = new TreeMap<String, String>();
    for (Ref ref : repository.getRefDatabase().getRefsByPrefix(below)) {
      if (ref.getObjectId() == null || ref.getName().indexOf(UNREADABLE) >= 0) {
        throw new NotForJGit();
      }
      refs.put(ref.getName(), ref.getObjectId().name());
    }
    return refs;
  }

  /** Returns whether a directory holds a name that Java cannot decode, and so not open. */
  private static boolean hasUnreadable(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.anyMatch(file -> file.toString().indexOf(UNREADABLE) >= 0);
    }
  }

  Optional<String> target(String symbolic) throws IOException {
    if (!symbolic.equals(Constants.HEAD)) {
      Ref ref = ref(symbolic);
      return ref != null && ref.isSymbolic()
          ? Optional.of(ref.getLeaf().getName())
          : Optional.empty();
    }
    String head = head();
    if (ObjectId.isId(head)) {
      return Optional.empty();
    }
    Ref ref = ref(head);
    return Optional.of(ref == null ? head : ref.getLeaf().getName());
  }

  boolean isAncestor(String commit, String of) throws IOException {
    return walk.isMergedInto(commit(commit), commit(of));
  }

  /**
   * Returns the only merge base. Throws {@link NotForJGit} when there are several, because git
   * chooses among them by an order of its own.
   */
  String mergeBase(String one, String other) throws IOException {
    RevCommit first = commit(one);
    RevCommit second = commit(other);
    walk.setRevFilter(RevFilter.MERGE_BASE);
    walk.markStart(List.of(first, second));
    RevCommit base = walk.next();
    if (base == null || walk.next() != null) {
      throw new NotForJGit();
    }
    return base.name();
  }

  /** Returns the commits that {@code head} contains and {@code base} does not, in any order. */
  List<RevCommit> beyond(String base, String head) throws IOException {
    RevCommit from = commit(base);
    RevCommit to = commit(head);
    walk.setRetainBody(false);
    walk.markStart(to);
    walk.markUninteresting(from);
    var beyond = new ArrayList<RevCommit>();
    for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
      beyond.add(commit);
    }
    return beyond;
  }

  /**
   * Returns the ids of the commits that {@code head} contains and {@code base} does not, oldest
   * first. Throws {@link NotForJGit} unless they form one line without merges, so that only one
   * order is possible.
   */
  List<String> line(String base, String head) throws IOException {
    List<RevCommit> beyond = beyond(base, head);
    var line = new ArrayList<String>();
    RevCommit next = null;
    for (RevCommit commit : beyond) {
      NotForJGit.unless(commit.getParentCount() <= 1 && (next == null || commit.equals(next)));
      line.addFirst(commit.name());
      next = commit.getParentCount() == 0 ? null : commit.getParent(0);
    }
    return line;
  }

  CommitText text(String name) throws IOException {
    String raw = decoded(commit(name).getRawBuffer());
    int end = raw.indexOf("\n\n");
    NotForJGit.unless(end >= 0 && raw.indexOf('\0') < 0);
    Matcher author = null;
    for (String line : raw.substring(0, end).split("\n", -1)) {
      Matcher matcher = AUTHOR.matcher(line);
      NotForJGit.unless(!line.startsWith("encoding "));
      if (author == null && matcher.matches()) {
        author = matcher;
      }
    }
    if (author == null) {
      throw new NotForJGit();
    }
    return new CommitText(
        Objects.requireNonNullElse(author.group(1), ""),
        author.group(2),
        author.group(3) + " " + author.group(4),
        raw.substring(end + 2) + "\n");
  }

  /** Decodes UTF-8; throws when the bytes are not valid UTF-8. */
  private static String decoded(byte[] bytes) throws IOException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  String blob(String id) throws IOException {
    NotForJGit.unless(ObjectId.isId(id));
    byte[] bytes =
        repository.open(ObjectId.fromString(id), Constants.OBJ_BLOB).getCachedBytes(MOST_OF_A_BLOB);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Map<String, String> changedLinks(String from, String to) throws IOException {
    var links = new TreeMap<String, String>();
    try (var trees = new TreeWalk(walk.getObjectReader())) {
      trees.addTree(commit(from).getTree());
      trees.addTree(commit(to).getTree());
      trees.setRecursive(true);
      trees.setFilter(TreeFilter.ANY_DIFF);
      while (trees.next()) {
        if (trees.getRawMode(1) == FileMode.TYPE_GITLINK) {
          links.put(
              new String(trees.getRawPath(), StandardCharsets.UTF_8), trees.getObjectId(1).name());
        }
      }
    }
    return links;
  }

  Diff difference(String from, String to) throws IOException {
    var patch = new PatchBytes();
    try (var formatter = new DiffFormatter(patch)) {
      formatter.setReader(walk.getObjectReader(), new Config());
      formatter.setDiffAlgorithm(MyersDiff.INSTANCE);
      formatter.setBinaryFileThreshold(MOST_OF_A_BLOB);
      formatter.setDetectRenames(true);
      formatter.format(commit(from).getTree(), commit(to).getTree());
    }
    return PatchReader.read(patch);
  }
}
