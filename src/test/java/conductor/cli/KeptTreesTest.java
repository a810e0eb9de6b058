package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The trees that are kept of worktrees: which files are in them, and how often git is asked. */
class KeptTreesTest {

  private static final String FLOW =
      """
      def env = yield CreateWorktree(name: 'x')
      yield Exec(['sh', '-eu', '%s'], env: env, check: true)
      """;

  @TempDir private Path temp;
  private Project project;
  private GitShim git;

  @BeforeEach
  void setUp() throws Exception {
    project = Project.withOrigin(temp);
    project.sh(
        project.repo,
        """
        mkdir -p dir/deep
        for f in a b c dir/d dir/deep/e; do echo $f > $f; done
        printf '*.log\n' > .gitignore
        echo tracked > kept.log
        git add -f .
        git commit -qm files
        git push -q
        """);
    git = new GitShim(temp.resolve("shim"));
    project.environment.put("PATH", git.bin() + ":" + System.getenv("PATH"));
  }

  /** What a flow, or the part of it after a beginning, asks of git. */
  private List<String> asked(String flow, int before) throws Exception {
    Process process = project.start("run", project.file("flow.groovy", flow).toString());
    assertThat(process.waitFor()).isZero();
    List<String> calls = git.calls();
    return calls.subList(before, calls.size()).stream()
        .map(call -> call.replaceAll("(-c \\S* )+", ""))
        .toList();
  }

  private static long count(List<String> calls, String... words) {
    return calls.stream().filter(call -> Stream.of(words).allMatch(call::contains)).count();
  }

  @Test
  void aNewWorktreeIsLookedAtOnceAndNothingIsStaged() throws Exception {
    List<String> calls = asked("yield CreateWorktree(name: 'x')\n", 0);

    assertThat(count(calls, "status", "--untracked-files=all")).isOne();
    assertThat(count(calls, "reset --hard")).isOne();
    assertThat(count(calls, "commit-tree")).isOne();
    assertThat(count(calls, "update-ref")).isOne();
    assertThat(count(calls, "hook run")).isZero();
    assertThat(calls).noneMatch(call -> call.startsWith("add ") || call.startsWith("write-tree"));
  }

  @Test
  void aFurtherWorktreeTakesFewProcesses() throws Exception {
    int one = asked("yield CreateWorktree(name: 'x')\n", 0).size();
    List<String> two =
        asked("yield CreateWorktree(name: 'x')\nyield CreateWorktree(name: 'x')\n", one);

    assertThat(two.size() - one).as(String.join("\n", two)).isLessThanOrEqualTo(20);
  }

  @Test
  void filesAreCheckedOutByAsManyProcessesAsTheUserSays() throws Exception {
    asked("yield CreateWorktree(name: 'x')\n", 0);
    assertThat(count(git.calls(), "reset --hard", "checkout.workers=")).isOne();
    project.sh(project.repo, "git config checkout.workers 1");

    int before = git.calls().size();
    asked("yield CreateWorktree(name: 'x')\n", before);

    List<String> calls = git.calls().subList(before, git.calls().size());
    assertThat(count(calls, "reset --hard")).isOne();
    assertThat(count(calls, "reset --hard", "checkout.workers=")).isZero();
  }

  @Test
  void ofAnEffectThatChangedNothingNothingIsStaged() throws Exception {
    int before = asked("yield CreateWorktree(name: 'x')\n", 0).size();

    List<String> calls =
        asked("def e = yield CreateWorktree(name: 'x')\nyield Exec('true', env: e)\n", before);

    assertThat(count(calls, "status", "--untracked-files=all")).isEqualTo(2);
    assertThat(calls).noneMatch(call -> call.startsWith("add ") || call.startsWith("write-tree"));
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of("nothing", "true"),
        Arguments.of("a new, a changed and a removed file", "echo x > new; echo x > a; rm b"),
        Arguments.of("a change of the same size at once", "git reset -q --hard; printf 'A\n' > a"),
        Arguments.of(
            "a change after the index was written anew",
            "git status > /dev/null; printf 'A\n' > a"),
        Arguments.of("modes and links", "chmod +x a; rm b; ln -s a b; ln -s nowhere l"),
        Arguments.of("modes that are not trusted", "git config core.fileMode false; chmod +x a"),
        Arguments.of("a rename", "mv a z; mkdir n; mv dir/d n/d"),
        Arguments.of("a staged rename, changed again", "git mv a z; echo more >> z"),
        Arguments.of("a file in a directory's place", "rm -r dir; echo x > dir"),
        Arguments.of("a directory in a file's place", "rm a; mkdir a; echo x > a/x"),
        Arguments.of("staged only", "echo x > a; echo x > n; git add a n; git rm -q b"),
        Arguments.of("staged and then otherwise", "echo x > a; git add a; echo y > a"),
        Arguments.of("staged and then as it was", "echo x > a; git add a; echo a > a"),
        Arguments.of("taken out of the index, but there", "git rm -q --cached a"),
        Arguments.of("to be added", "echo x > n; git add -N n"),
        Arguments.of("ignored now", "echo x > n; echo n >> .gitignore"),
        Arguments.of("ignored, but tracked", "echo x > kept.log; echo x > other.log"),
        Arguments.of("ignored, but added", "echo x > other.log; git add -f other.log"),
        Arguments.of("assumed unchanged", "git update-index --assume-unchanged a; echo x > a"),
        Arguments.of("not to be in the worktree", "git update-index --skip-worktree a; rm a"),
        Arguments.of(
            "sparse", "git sparse-checkout set --cone dir/deep; mkdir out; echo x > out/x"),
        Arguments.of("case does not count", "git config core.ignoreCase true; mv a A; echo x > B"),
        Arguments.of("another top directory's", "cd dir; echo x > x; git add x; echo y > deep/e"),
        Arguments.of("names as patterns", "echo x > '*'; echo x > ':(top)b'; echo x > 'a b\"c'"),
        Arguments.of("names in Latin-1", "printf x > \"$(printf 'n\\351')\"; echo x > a"),
        Arguments.of("line endings", "echo '* text' > .gitattributes; printf 'a\\r\nb\\r\n' > a"),
        Arguments.of(
            "a filter",
            "git config filter.x.clean 'sed s/1/2/';"
                + " echo 'a filter=x' > .gitattributes; echo 1 > a"),
        Arguments.of("many", "for n in $(seq 120); do echo $n > n$n; done; rm a"),
        Arguments.of("a commit", "echo x > a; git commit -qam x"),
        Arguments.of("a commit and more", "echo x > a; git commit -qam x; echo y > a; echo x > n"),
        Arguments.of(
            "a merge in conflict",
            "git checkout -q -b o; echo o > a; git commit -qam o;"
                + " git checkout -q -; echo x > a; git commit -qam x; git merge -q o || true"),
        Arguments.of("a nested repository", "git init -q n; echo x > n/x; echo x > a"),
        Arguments.of(
            "a nested repository with a commit",
            "git init -q n; cd n; echo x > x; git add x; git commit -qm x; cd ..; echo x > a"),
        Arguments.of(
            "a lock that a killed git left",
            "touch \"$(git rev-parse --git-common-dir)/refs/conductor/$CONDUCTOR_RUN/newest/"
                + "x-$CONDUCTOR_RUN.lock\"; echo x > a"),
        Arguments.of("a split index", "git update-index --split-index; echo x > a; echo x > n"),
        Arguments.of(
            "an untracked cache",
            "git update-index --untracked-cache; git status > /dev/null; echo x > dir/n; rm b"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void whatIsKeptIsWhatStagingEverythingWouldGive(String name, String change) throws Exception {
    project.flow(FLOW.formatted(project.file("change.sh", change))).ok();

    String run = project.onlyRun();
    String worktree = project.sh("ls -d $PWD/state/worktrees/*/*/");
    String kept = "refs/conductor/" + run + "/newest/x-" + run;
    String tree = project.sh(Path.of(worktree), "git ls-tree -r '" + kept + "'");
    assertThat(tree).isEqualTo(staged(Path.of(worktree)));
    assertThat(project.sh(Path.of(worktree), "git rev-parse " + kept + "^"))
        .isEqualTo(project.sh(Path.of(worktree), "git rev-parse HEAD"));
  }

  /** The files of a worktree by an index of its own, as the ones of nested repositories are too. */
  private String staged(Path worktree) throws Exception {
    Files.writeString(
        temp.resolve("stage.sh"),
        """
        cp -p "$(git rev-parse --git-path index)" $W/index.copy
        cp -p "$(git rev-parse --git-path index | xargs dirname)"/sharedindex.* $W 2> /dev/null || true
        export GIT_INDEX_FILE=$W/index.copy
        if [ -d n/.git ]; then mv n/.git $W/nested; fi
        git -c core.safecrlf=false add --all --sparse :/
        git ls-tree -r "$(git write-tree)"
        if [ -d $W/nested ]; then mv $W/nested n/.git; fi
        """);
    return project.sh(worktree, "W=" + temp + " sh -eu " + temp.resolve("stage.sh"));
  }
}
