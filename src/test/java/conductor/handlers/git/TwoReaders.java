package conductor.handlers.git;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository that real git made, and both who can read it: the git program, and JGit without it,
 * for in its environment no git command ends well.
 */
abstract class TwoReaders {

  enum Reads {
    PROGRAM,
    JGIT
  }

  @TempDir Path temp;

  final RepositoryReaders jgit = new RepositoryReaders(0);
  Git git;

  @BeforeEach
  void makesARepository() throws Exception {
    temp = temp.toRealPath();
    Path main = Files.createDirectory(temp.resolve("main"));
    git = Git.in(main, environment());
    git.must("init", "-q", "-b", "main");
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH",
        System.getenv("PATH"),
        "HOME",
        temp.toString(),
        "GIT_CONFIG_NOSYSTEM",
        "1",
        "GIT_AUTHOR_NAME",
        "Ann O'Nym",
        "GIT_AUTHOR_EMAIL",
        "ann@example.com",
        "GIT_AUTHOR_DATE",
        "1700000000 +0130",
        "GIT_COMMITTER_NAME",
        "Bob",
        "GIT_COMMITTER_EMAIL",
        "bob@example.com");
  }

  RepositoryReader reader(Reads reads) {
    return reader(reads, git);
  }

  RepositoryReader reader(Reads reads, Git where) {
    return switch (reads) {
      case PROGRAM -> where.reader();
      case JGIT ->
          Git.in(where.directory(), Map.of("GIT_CONFIG_COUNT", "none")).readBy(jgit).reader();
    };
  }

  String commit(String message) throws InterruptedException {
    return commit(git, message);
  }

  static String commit(Git where, String message) throws InterruptedException {
    where.must("commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", message);
    return where.must("rev-parse", "HEAD");
  }

  /** A commit that is on no branch, at a time. */
  String made(long time, String message, String... parents) throws InterruptedException {
    var words = new ArrayList<String>(List.of("commit-tree", empty(), "-m", message));
    for (String parent : parents) {
      words.addAll(List.of("-p", parent));
    }
    return git.with("GIT_COMMITTER_DATE", "@" + time + " +0000").must(words.toArray(String[]::new));
  }

  String empty() throws InterruptedException {
    return git.textFed("", "mktree").strip();
  }
}
