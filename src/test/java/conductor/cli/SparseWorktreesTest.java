package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.CrashPoint.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Worktrees with a part of the repository: what is not checked out is in every commit all the same.
 */
class SparseWorktreesTest {

  private static final String FILES =
      "a [b]*/f libs/f libs/gone old/f services/api/f services/api/src/f services/readme services/web/f top";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.sh(
        project.repo,
        """
        mkdir -p services/api/src services/web libs old 'a [b]*'
        for f in services/readme services/api/f services/api/src/f services/web/f libs/f libs/gone old/f 'a [b]*/f' top; do
          echo "$f" > "$f"
        done
        git rm -q README.md; git add .; git commit -qm files; git push -q origin HEAD:main
        """);
  }

  /** The files that are checked out, or those of a tree, in one line. */
  private String files(String worktree, String listed) throws Exception {
    return project.sh("cd %s && %s | sort | tr '\\n' ' '".formatted(worktree, listed));
  }

  private String checkedOut(String worktree) throws Exception {
    return files(worktree, "find . -type f ! -name .git | sed 's#^./##'");
  }

  private String committed(String worktree) throws Exception {
    return files(worktree, "git ls-tree -r --name-only HEAD");
  }

  private void mainIsWhole() throws Exception {
    assertThat(files("repo", "git ls-files")).isEqualTo(FILES);
    assertThat(project.sh("cd repo && git ls-files -t | grep -v '^H' || true")).isEmpty();
    assertThat(project.sh("cd repo && git status --porcelain")).isEmpty();
    assertThat(project.sh("cd repo && git config core.sparseCheckout || true")).isEmpty();
  }

  @Test
  void onlyTheDirectoriesAreCheckedOutAndACommitLosesNothing() throws Exception {
    Project.Result result =
        project.flow(
            """
            def e = yield CreateWorktree(name: 'part', sparse: ['./services//api', 'a [b]*', 'services/api'])
            yield CreateWorktree(name: 'whole')
            yield WriteFile(e, 'services/api/f', 'changed')
            yield WriteFile(e, 'libs/f', 'changed outside')
            yield WriteFile(e, 'old/new', 'new outside')
            yield Exec('rm services/api/src/f', env: e)
            def diff = yield Diff(e, stat: true)
            yield Commit(e, 'c')
            return [e.sparse, diff, yield(Verify(e, clean: true, ahead: true)).facts]
            """);

    assertThat(result.ok().out())
        .startsWith("[[\"services/api\",\"a [b]*\"]")
        .contains("4 files changed", "nothing is uncommitted");
    assertThat(checkedOut("state/worktrees/*/part-*/"))
        .isEqualTo("a [b]*/f libs/f old/new services/api/f services/readme top");
    assertThat(committed("state/worktrees/*/part-*/"))
        .isEqualTo(FILES.replace("services/api/src/f ", "").replace("old/f", "old/f old/new"));
    assertThat(project.sh("cat state/worktrees/*/part-*/libs/f")).isEqualTo("changed outside");
    assertThat(checkedOut("state/worktrees/*/whole-*/")).isEqualTo(FILES);
    mainIsWhole();
  }

  @ParameterizedTest
  @CsvSource({"merge", "squash", "rebase"})
  void aMergeHasThePartsOfAllAndLosesNothing(String strategy) throws Exception {
    project.agent("cat > /dev/null; printf 'resolved\\n' > libs/f");

    project
        .flow(
            """
            def (a, b) = yield Gather([CreateWorktree(name: 'a', sparse: ['services/api']), CreateWorktree(name: 'b', sparse: ['services/web'])])
            yield WriteFile(a, 'services/api/f', 'of a')
            yield WriteFile(a, 'libs/f', 'of a')
            yield Exec('git rm -q --sparse libs/gone', env: a, check: true)
            yield WriteFile(b, 'services/web/f', 'of b')
            yield WriteFile(b, 'libs/f', 'of b')
            try { yield MergeBranches([a, b], strategy: '%1$s') } catch (MergeConflict e) { yield Status(e.files.join()) }
            return yield MergeBranches([a, b], strategy: '%1$s', name: 'merged', on_conflict: 'agent')
            """
                .formatted(strategy))
        .ok();

    String merged = "state/worktrees/*/merged-*/";
    assertThat(committed(merged)).isEqualTo(FILES.replace("libs/gone ", ""));
    assertThat(checkedOut(merged))
        .contains("services/api/f", "services/web/f")
        .doesNotContain("old");
    assertThat(
            project.sh(
                "cd %s && for f in services/api/f services/web/f libs/f; do git show HEAD:$f; echo; done"
                    .formatted(merged)))
        .contains("of a\n", "of b\n", "resolved");
    assertThat(project.sh("cd %s && git status --porcelain".formatted(merged))).isEmpty();
    mainIsWhole();
  }

  /** A fork, and a resumed run whose worktree is gone, have what was changed in both parts. */
  @ParameterizedTest
  @CsvSource({"fork", "resume"})
  void aKeptTreeComesBackWithWhatWasChangedOutside(String how) throws Exception {
    project.flow(
        """
        def e = yield CreateWorktree(name: 'w', sparse: ['services/api'])
        yield WriteFile(e, 'services/api/f', 'changed')
        yield WriteFile(e, 'libs/f', 'changed')
        yield WriteFile(e, 'libs/new', 'new')
        yield Exec('git rm -q --cached --sparse old/f', env: e, check: true)
        yield Exec('test -e ../../../../go', env: e, check: true)
        yield Commit(e, 'c')
        return (yield Exec("git ls-tree -r --name-only HEAD; git show HEAD:libs/f HEAD:libs/new; ls", env: e)).output
        """);
    project.sh("touch go");
    String run = project.onlyRun();

    Project.Result result;
    if (how.equals("fork")) {
      result = project.conductor("fork", run, "--at", "6");
    } else {
      project.sh("rm -rf state/worktrees/*/w-*/");
      result = project.conductor("resume", run);
    }

    assertThat(result.ok().out().replace('\n', ' '))
        .startsWith(FILES.replace("old/f ", "").replace("libs/gone", "libs/gone libs/new"))
        .endsWith("changednewlibs services top  ");
    mainIsWhole();
  }

  @Test
  void whatIsRemovedIsKeptWhole() throws Exception {
    project
        .flow(
            """
            def e = yield CreateWorktree(name: 'w', sparse: ['services/api'])
            yield WriteFile(e, 'services/api/f', 'changed')
            yield CreateWorktree(name: 'clean', sparse: ['libs'])
            """)
        .ok();

    assertThat(project.conductor("env", "cleanup").ok().out())
        .contains("kept: 1 uncommitted files, 0 unmerged commits", "clean-")
        .contains("removed");
    assertThat(project.conductor("env", "cleanup", "--force").ok().out())
        .contains("refs/conductor");

    String kept =
        project.sh("cd repo && git for-each-ref --format='%(refname)' refs/conductor/trash");
    assertThat(files("repo", "git ls-tree -r --name-only " + kept)).isEqualTo(FILES);
    assertThat(project.sh("cd repo && git show " + kept + ":services/api/f")).isEqualTo("changed");
    assertThat(project.sh("cd repo && git worktree list | wc -l")).isEqualTo("1");
    mainIsWhole();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['services/apo'] | UnknownDirectory: there is no directory 'services/apo' in",
        "['services/apo'] | ; there are services/api, services/web",
        "['libs/x/y'] | ; there are a [b]*, libs, old, services",
        "['top'] | there is no directory 'top'",
        "['--all'] | there is no directory '--all'",
        "['Libs'] | there is no directory 'Libs'",
        "[] | sparse names no directory",
        "['.'] | sparse takes directories below the top of the repository",
        "['../x'] | sparse takes directories below",
        "['/etc'] | sparse takes directories below",
        "['a\\nb'] | sparse takes directories below",
      })
  void whatIsNoDirectoryOfTheBaseIsRefusedBeforeAnythingIsMade(String sparse, String told)
      throws Exception {
    Project.Result result =
        project.flow("yield CreateWorktree(name: 'w', sparse: %s)".formatted(sparse));

    assertThat(result.code()).isOne();
    assertThat(result.err()).contains(told, "flow.groovy:1").doesNotContain("\tat ");
    assertThat(project.sh("cd repo && git branch --list 'conductor/*'")).isEmpty();
    mainIsWhole();
  }

  @Test
  void filesAndSubmodulesOfOtherPartsAreNotBrought() throws Exception {
    project.sh(
        """
        git init -q sub; cd sub; echo s > s; git add .; git commit -qm s; cd ../repo
        for at in sub services/api/sub libs/sub; do git -c protocol.file.allow=always submodule --quiet add ../sub $at; done
        printf '.env\\n' > .gitignore; git add .; git commit -qm more; git push -q origin HEAD:main
        echo .env > .worktreeinclude; for at in . services/api libs; do echo K > $at/.env; done
        """);
    project.environment.put("GIT_ALLOW_PROTOCOL", "file");

    project.flow("yield CreateWorktree(name: 'w', sparse: ['services/api'])").ok();

    assertThat(checkedOut("state/worktrees/*/w-*/"))
        .contains("services/api/sub/s", ".env")
        .doesNotContain("libs", " sub/s");
  }

  @Test
  void aBareRepositoryAndASparseCheckoutStayAsTheyAre() throws Exception {
    project.sh(
        """
        git clone -q --bare origin.git bare.git; git -C bare.git worktree add -q ../linked main
        git clone -q origin.git narrow; cd narrow; git sparse-checkout set libs
        """);
    for (String repository : List.of("linked", "narrow")) {
      project
          .flow(
              "yield CreateWorktree(name: 'w', repo: '../%s', sparse: ['services/web'])"
                  .formatted(repository))
          .ok();
    }

    for (String worktree : project.sh("ls -d state/worktrees/*/w-*/").lines().toList()) {
      assertThat(checkedOut(worktree)).isEqualTo("services/readme services/web/f top");
    }
    assertThat(project.sh("cd bare.git && git rev-parse --is-bare-repository")).isEqualTo("true");
    assertThat(checkedOut("linked")).isEqualTo(FILES);
    assertThat(project.sh("cd linked && git status --porcelain")).isEmpty();
    assertThat(project.sh("cd narrow && git sparse-checkout list; ls; git status --porcelain"))
        .isEqualTo("libs\nlibs\ntop");
  }

  /** Set-ups run once each where their directory is checked out, also when one was cut. */
  @Test
  void eachPartIsSetUpByItsOwnCommand() throws Exception {
    project.configure(
        """
        worktree:
          setup: pwd >> $LEDGER
          setups:
            services/api: pwd >> $LEDGER; test -e %s/go
            services/web: pwd >> $LEDGER
            libs/v1.2/none: pwd >> $LEDGER
            'a [b]*/': pwd >> $LEDGER
        """
            .formatted(temp));

    Project.Result failed =
        project.flow("yield CreateWorktree(name: 'w', sparse: ['services/api', 'a [b]*'])");
    assertThat(failed.err()).contains("SetupFailed", "go").doesNotContain("unknown key");
    project.sh("touch go");
    project.conductor("resume", project.onlyRun()).ok();

    assertThat(project.ledger())
        .map(line -> line.replaceFirst(".*/w-wf-[0-9a-f]+(-2)?/?", ""))
        .containsExactly("", "a [b]*", "services/api", "", "a [b]*", "services/api");
  }

  /** A worktree whose making is cut at any place is made once, and whole in its part. */
  @ParameterizedTest
  @CsvSource({
    "sparse-checkout, GIT_UNSTARTED",
    "sparse-checkout, RUNNER_BEFORE",
    "sparse-checkout, GIT_OUTLIVES",
    "sparse-checkout, RUNNER_AFTER",
    "reset --hard, BOTH_LOCKED",
    "reset --hard, RUNNER_AFTER",
  })
  void aKilledMakingIsTakenUp(String command, Mode mode) throws Exception {
    Path flow =
        project.file(
            "flow.groovy", "return (yield CreateWorktree(name: 'w', sparse: ['services/api'])).id");
    var shim = new GitShim(temp.resolve("shim"));
    project.environment.put("PATH", shim.bin() + ":" + System.getenv("PATH"));
    assertThat(project.processIn(project.repo, "run", flow.toString()).ok().out()).contains("w-");
    project.conductor("env", "cleanup").ok();
    int before = shim.calls().size();
    List<String> calls = shim.calls();
    int call =
        IntStream.range(0, before)
            .filter(i -> calls.get(i).contains(command))
            .findFirst()
            .orElseThrow();

    shim = new GitShim(temp.resolve("shim"));
    shim.at(new CrashPoint("w", mode, call + 1), 1);
    Process process = project.start("run", flow.toString());
    Files.writeString(shim.runner(), process.pid() + "\n");
    int code = process.waitFor();
    assertThat(shim.hit().orElse("")).contains(command);
    if (mode.killsRunner()) {
      leaveLocks();
      String run = project.conductor("ps", "--json").json().get(0).path("id").asString();
      project.conductor("resume", run).ok();
    } else {
      assertThat(code).isZero();
    }
    shim.awaitOutliving();

    assertThat(checkedOut("state/worktrees/*/w-*/"))
        .isEqualTo("services/api/f services/api/src/f services/readme top");
    assertThat(project.sh("cd state/worktrees/*/w-*/ && git status --porcelain")).isEmpty();
    mainIsWhole();
  }

  /** Leaves what a git leaves that is killed while it writes which part is checked out. */
  private void leaveLocks() throws Exception {
    project.sh(
        """
        cd repo/.git/worktrees/w-*/
        mkdir -p info; touch info/sparse-checkout.lock config.worktree.lock
        """);
  }
}
