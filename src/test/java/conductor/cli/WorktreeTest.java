package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a worktree starts with, and that none goes with work in it. */
class WorktreeTest {

  private static final String COMMITTED =
      """
      def e = yield CreateWorktree(name: 'w')
      yield WriteFile(e, 'new', 'x')
      yield Commit(e, 'c')
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "echo x > new | 1 uncommitted files, 0 unmerged commits",
        "git commit -q --allow-empty -m c | 0 uncommitted files, 1 unmerged commits",
        "git commit -q --allow-empty -m c; rm -rf \"$PWD\" | 0 uncommitted files, 1 unmerged commits",
        "git worktree lock . | it is locked",
        "git worktree move . ../moved | it was moved to",
        "git checkout -q -b mine | another branch is checked out in it: mine",
        "git checkout -q --detach | another branch is checked out in it: none, detached",
        "rm .git; echo mine > f | is no worktree any more",
        "mv ../../../../repo ../../../../elsewhere | is gone or was moved",
      })
  void cleanupKeepsWhatPeopleDidAndSaysWhy(String done, String reason) throws Exception {
    project.flow("yield CreateWorktree(name: 'w')").ok();
    project.sh("cd state/worktrees/*/w-*/ && " + done);

    String directory = Files.exists(project.repo) ? "repo" : "elsewhere";
    Project.Result result =
        project.conductorIn(temp.resolve(directory), "env", "cleanup", "--json").ok();

    JsonNode verdict = result.json().get(0);
    assertThat(verdict.path("kept").asString()).contains(reason);
    assertThat(verdict.path("removed").asBoolean()).isFalse();
    assertThat(project.sh("git -C " + directory + " branch --list 'conductor/*'")).contains("w-wf");
  }

  @Test
  void cleanupKeepsWhatBelongsToALiveRunOrToNobody() throws Exception {
    project.flow("yield CreateWorktree(name: 'w')\nyield Ask('go on?')", "--no-wait");
    project.sh("cd state/worktrees/*/ && mkdir foreign && echo x > foreign/file");

    String said = project.conductor("env", "cleanup").ok().out();

    assertThat(said).contains("has not ended").contains("foreign").contains("did not make it");
    assertThat(project.sh("cat state/worktrees/*/foreign/file")).isEqualTo("x");
    assertThat(project.conductor("env", "list").out()).contains("w-wf");
  }

  @Test
  void lookingAtASquashedBranchChangesNothingAndCleanupKeepsItsCommits() throws Exception {
    project.flow(COMMITTED + "yield Push(e)\nreturn e.id").ok();
    String commit =
        project.sh("git -C repo for-each-ref --format='%(objectname)' refs/heads/conductor");
    project.sh(
        """
        cd repo
        git merge -q --squash %s; git commit -q -m 'squashed by a forge'; git push -q origin HEAD:main
        git fetch -q; git -C ../origin.git for-each-ref --format='delete %%(refname)' refs/heads/conductor |
          git -C ../origin.git update-ref --stdin
        """
            .formatted(commit));
    String before = project.sh("git -C repo for-each-ref");

    assertThat(project.conductor("env", "cleanup", "--dry-run").ok().out())
        .contains("would be removed");

    assertThat(project.sh("git -C repo for-each-ref")).isEqualTo(before);
    assertThat(project.conductor("env", "cleanup").ok().out()).contains("refs/conductor/merged/");
    assertThat(
            project.sh("git -C repo for-each-ref --format='%(objectname)' refs/conductor/merged/"))
        .isEqualTo(commit);
  }

  @Test
  void worktreesOfOthersAreNotForgottenWhileTheirDiskIsAway() throws Exception {
    project.sh("git -C repo worktree add -q ../mine; mv mine away");
    project.flow("yield DeleteWorktree(yield(CreateWorktree()))").ok();
    project.sh("mv away mine");

    assertThat(project.sh("git -C mine status --porcelain --branch")).isEqualTo("## mine");
  }

  @Test
  void theCommitsOfADeletedDirectoryAreRefusedAndThenKeptInTheTrash() throws Exception {
    Project.Result result =
        project.flow(
            COMMITTED
                + """
                yield Exec("rm -rf '$e.path'")
                try { yield DeleteWorktree(e) } catch (UnmergedWork w) { yield Status(w.reason) }
                return yield DeleteWorktree(e, force: true)
                """);

    assertThat(result.ok().err()).contains("1 unmerged commits");
    assertThat(
            project.sh(
                "git -C repo log --format=%s $(git -C repo for-each-ref --format='%(refname)' refs/conductor/trash)"))
        .startsWith("c\n");
  }

  @Test
  void whatIsUncommittedGoesToTheTrashToo() throws Exception {
    project.flow(COMMITTED + "yield WriteFile(e, 'late', 'y')\nyield DeleteWorktree(e, true)").ok();

    assertThat(
            project.sh(
                "git -C repo show $(git -C repo for-each-ref --format='%(objectname)' refs/conductor/trash):late"))
        .isEqualTo("y");
  }

  @Test
  void aSquashedPullRequestBringsItsWorktreeHome() throws Exception {
    project.flow(COMMITTED + "yield MergePR(yield(CreatePR(e, 'T')), 'squash', true)").ok();

    JsonNode env = project.conductor("env", "list", "--json").ok().json().get(0);
    assertThat(env.path("ahead").asInt()).isOne();
    assertThat(env.path("merged").asBoolean()).isTrue();
    assertThat(env.path("base_branch").asString()).isEqualTo("main");
    assertThat(project.conductor("env", "cleanup").ok().out()).contains("removed");
  }

  @Test
  void onlyIgnoredFilesThatAreListedAreCopied() throws Exception {
    project.sh(
        project.repo,
        """
        printf '.env\\ncache/\\nbig\\n' > .gitignore; git add .; git commit -qm i; git push -q origin HEAD:main
        mkdir cache; echo a > .env; echo b > cache/b; echo c > big; echo d > notes.txt
        printf '.env\\ncache/\\nnotes.txt\\n' > .worktreeinclude
        """);

    Project.Result result = project.flow("return (yield CreateWorktree()).path.toString()").ok();

    assertThat(result.err()).contains("copied 2 files of .worktreeinclude");
    assertThat(project.sh("cd " + result.out().strip() + "; cat .env cache/b; ls"))
        .isEqualTo("a\nb\nREADME.md\ncache");
  }

  @Test
  void submodulesAreThereAndTheSetupCommandRuns() throws Exception {
    project.sh(
        """
        git config --global protocol.file.allow always
        git init -q sub; cd sub; echo s > s; git add .; git commit -qm s; cd ../repo
        git submodule --quiet add ../sub lib; git commit -qm sub; git push -q origin HEAD:main
        """);
    project.configure("worktree: {setup: 'cat lib/s > made; echo made >> .git-setup'}");

    Project.Result result = project.flow("return (yield CreateWorktree()).path.toString()").ok();

    assertThat(project.sh("cat " + result.out().strip() + "/made")).isEqualTo("s");
  }

  @Test
  void aSetupCommandThatFailsIsATypedFailure() throws Exception {
    project.configure("worktree: {setup: 'echo no compiler; exit 3'}");

    Project.Result result = project.flow("yield CreateWorktree()");

    assertThat(result.code()).isOne();
    assertThat(result.err()).contains("SetupFailed", "exit code 3: no compiler");
  }

  @Test
  void aSparseCheckoutIsNoDeletion() throws Exception {
    project.sh(
        project.repo,
        """
        mkdir in out; echo 1 > in/f; echo 2 > out/f; git add .; git commit -qm d; git push -q origin HEAD:main
        git sparse-checkout set in
        """);

    Project.Result result =
        project.flow(
            """
            def e = yield CreateWorktree()
            yield WriteFile(e, 'in/f', 'changed')
            def diff = yield Diff(e, stat: true)
            yield Commit(e, 'c')
            return diff + (yield Exec('git ls-tree -r --name-only HEAD', env: e)).output
            """);

    assertThat(result.ok().out())
        .contains("in/f | 2 +-", "1 file changed", "out/f")
        .doesNotContain("out/f |");
  }

  @Test
  void pointersOfGitLfsAreTold() throws Exception {
    project.sh(
        project.repo,
        """
        echo '*.bin filter=lfs' > .gitattributes
        printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:1\\nsize 1\\n' > a.bin
        git add .; git commit -qm lfs; git push -q origin HEAD:main
        """);

    assertThat(project.flow("yield CreateWorktree()").ok().err())
        .contains("1 file is only Git LFS pointers, such as a.bin");
  }

  /** F1: git had registered the worktree and not yet written what is checked out there. */
  @Test
  void aWorktreeThatGitHadHardlyBegunIsMadeAnew() throws Exception {
    Path shim =
        project.file(
            "bin/git",
            """
            #!/bin/sh
            case " $* " in *' worktree add '*)
              if mkdir %1$s/cut 2>/dev/null; then
                PATH=${PATH#*:} git "$@"
                for head in %1$s/repo/.git/worktrees/*/HEAD; do printf '%%040d\\n' 0 > "$head"; done
                kill -9 $PPID
              fi ;;
            esac
            PATH=${PATH#*:} exec git "$@"
            """
                .formatted(temp));
    project.sh("chmod +x bin/git");
    String path = project.environment.get("PATH");
    project.environment.put("PATH", shim.getParent() + ":" + path);
    Path flow =
        project.file(
            "flow.groovy",
            "def e = yield CreateWorktree(name: 'w')\nreturn yield ReadFile(e, 'README.md')");

    assertThat(project.start("run", flow.toString()).waitFor()).isEqualTo(Exit.signal(9));

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("one\n\n");
  }

  /** F4: the owner was killed before it wrote down that the run was done; its journal says so. */
  @Test
  void aRunThatIsDoneByItsJournalKeepsNoWorktree() throws Exception {
    project.flow("yield CreateWorktree(name: 'w'); return 1").ok();
    String run = project.onlyRun();
    Path meta = project.state.run(run).meta();
    Files.writeString(meta, Files.readString(meta).replace("\"done\"", "\"running\""));

    assertThat(project.conductor("env", "cleanup").ok().out()).contains("removed");
  }
}
