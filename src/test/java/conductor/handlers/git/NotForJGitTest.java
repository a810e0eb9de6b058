package conductor.handlers.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.GitFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which repositories the git program reads, and that JGit leaves nothing behind. */
class NotForJGitTest {

  @TempDir private Path temp;

  private final RepositoryReaders jgit = new RepositoryReaders(0);
  private Git git;

  @BeforeEach
  void makesARepository() throws Exception {
    temp = temp.toRealPath();
    git = repository("main");
  }

  private Git repository(String name, String... options) throws Exception {
    Git made =
        Git.in(
            Files.createDirectory(temp.resolve(name)),
            Map.of("PATH", System.getenv("PATH"), "HOME", temp.toString()));
    made.must(Stream.concat(Stream.of("init", "-q"), Stream.of(options)).toArray(String[]::new));
    made.asConductor().must("commit", "-q", "--allow-empty", "-m", "one");
    made.asConductor().must("commit", "-q", "--allow-empty", "-m", "two");
    return made;
  }

  /** Reads where no git command ends well. */
  private RepositoryReader alone(Git where) {
    return Git.in(where.directory(), Map.of("GIT_CONFIG_COUNT", "none")).readBy(jgit).reader();
  }

  private void isForGit(Git where) throws Exception {
    assertThatThrownBy(() -> alone(where).existing("HEAD")).isInstanceOf(GitFailure.GitError.class);
    assertThat(where.readBy(jgit).reader().existing("HEAD"))
        .isEqualTo(where.must("rev-parse", "HEAD"));
  }

  private void isForJGit(Git where) throws Exception {
    assertThat(alone(where).existing("HEAD")).isEqualTo(where.must("rev-parse", "HEAD"));
  }

  @Test
  void otherHashesAreForGit() throws Exception {
    isForJGit(git);
    isForGit(repository("sha256", "--object-format=sha256"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"refStorage=reftable", "relativeWorktrees=true", "other=1"})
  void extensionsAreForGit(String extension) throws Exception {
    isForJGit(git);
    String head = git.must("rev-parse", "HEAD");
    String[] words = extension.split("=", 2);
    git.must("config", "core.repositoryFormatVersion", "1");
    git.must("config", "extensions." + words[0], words[1]);
    assertThat(alone(git).commit("HEAD")).isEmpty(); // this git may not know it either
    assertThat(git.readBy(jgit).reader().commit("HEAD")).isEqualTo(git.reader().commit("HEAD"));
    git.must("config", "--file", ".git/config", "--remove-section", "extensions");
    assertThat(alone(git).commit("HEAD")).contains(head);
  }

  @Test
  void harmlessExtensionsAreNot() throws Exception {
    git.must("config", "core.repositoryFormatVersion", "1");
    git.must("config", "extensions.worktreeConfig", "true");
    git.must("config", "extensions.preciousObjects", "true");
    isForJGit(git);
  }

  @Test
  void partialClonesAreForGit() throws Exception {
    git.must("config", "uploadpack.allowFilter", "true");
    git.at(temp)
        .must(
            "clone",
            "-q",
            "--filter=tree:0",
            "--no-checkout",
            "file://" + git.directory(),
            "partial");
    Git partial = git.at(temp.resolve("partial"));
    isForGit(partial);
    partial.must("config", "--remove-section", "remote.origin");
    isForGit(partial); // its packs say so too
  }

  @Test
  void sharedObjectsAreForGit() throws Exception {
    git.at(temp).must("clone", "-q", "--shared", git.directory().toString(), "shared");
    isForGit(git.at(temp.resolve("shared")));
  }

  @Test
  void replacementsAndGraftsAreForGit() throws Exception {
    isForJGit(git);
    git.asConductor().must("replace", "--graft", "HEAD");
    isForGit(git);
    assertThat(git.readBy(jgit).reader().commit("HEAD^")).isEmpty();
    git.must("pack-refs", "--all");
    isForGit(git);
    git.must("replace", "-d", git.must("rev-parse", "HEAD"));
    isForJGit(git);
    Files.writeString(git.directory().resolve(".git/info/grafts"), git.must("rev-parse", "HEAD"));
    isForGit(git);
  }

  @Test
  void directoriesBelowAndBareRepositoriesAreForGit() throws Exception {
    isForGit(git.at(Files.createDirectory(git.directory().resolve("below"))));
    git.at(temp).must("clone", "-q", "--bare", git.directory().toString(), "bare.git");
    isForGit(git.at(temp.resolve("bare.git")));
    assertThat(alone(git).target("HEAD")).isPresent();
    Git lost = Git.in(git.directory(), Map.of("GIT_CONFIG_COUNT", "none")).readBy(jgit);
    assertThat(lost.with("GIT_DIR", "/nowhere").reader().target("HEAD")).isEmpty();
  }

  @Test
  void namesThatGitInterpretsAreForGit() throws Exception {
    git.must("tag", "v1");
    String branch = git.must("symbolic-ref", "--short", "HEAD");
    for (String name : List.of("v1", branch, "HEAD~1", "@", ":/two", "HEAD@{0}", "HEAD^{}")) {
      assertThat(alone(git).commit(name)).as(name).isEmpty();
      assertThat(git.readBy(jgit).reader().commit(name))
          .as(name)
          .isEqualTo(git.reader().commit(name));
    }
  }

  /** Beside what git wrote. */
  @Test
  void jgitWritesNothing() throws Exception {
    Path home = Path.of(System.getProperty("user.home"));
    List<String> mine = files(home.resolve(".config/jgit"));
    List<String> before = files(git.directory());
    isForJGit(git);
    alone(git).beyond("HEAD^", "HEAD");
    alone(git).refs("refs/heads/");
    Thread.sleep(300); // JGit would measure beside
    assertThat(files(git.directory())).isEqualTo(before);
    assertThat(files(home.resolve(".config/jgit"))).isEqualTo(mine);
  }

  private static List<String> files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  /** Most processes never load JGit. */
  @Test
  void theProgramIsAskedUntilJGitIsWorthIt() {
    Git some = git.readBy(new RepositoryReaders(2));
    assertThat(some.reader()).isInstanceOf(GitProgramReader.class);
    assertThat(some.at(temp).reader()).isInstanceOf(GitProgramReader.class);
    assertThat(some.reader()).isInstanceOf(JGitReader.class);
    assertThat(some.with("A", "b").limited(some.limit()).reader()).isInstanceOf(JGitReader.class);
  }
}
