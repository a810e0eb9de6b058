package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on a repository of GitHub, over real HTTP and git. */
class GitHubRunTest extends GitHubMachine {

  private static final String MERGED =
      """
      def env = yield CreateWorktree(name: 'work')
      yield WriteFile(env, 'a.txt', 'a')
      def pr = yield CreatePR(env, 'Add a', 'Why.', labels: ['new'])
      yield CommentPR(pr, 'Looks good.')
      def merged = yield MergePR(pr, 'squash', delete_branch: true)
      return [pr.url, pr.status.name(), merged.status.name(), (yield GetPR('#1')).status.name()]
      """;

  @Test
  void aBranchIsPushedProposedAndMergedThere() throws Exception {
    var ended = project.flow(MERGED).ok();

    assertThat(ended.json().toString())
        .isEqualTo(
            "[\"%s/me/it/pull/1\",\"OPEN\",\"MERGED\",\"MERGED\"]".formatted(github.fake.url()));
    assertThat(project.sh("git -C %s show main:a.txt".formatted(github.bare))).isEqualTo("a");
    assertThat(project.sh("git -C %s branch".formatted(github.bare))).isEqualTo("* main");
    assertThat(github.repository.labels(1)).containsExactly("new");
    assertThat(project.conductor("show", project.onlyRun()).out()).contains("/me/it/pull/1");
  }

  @Test
  void theTemplateOpensAPullRequest() throws Exception {
    project.conductor("run", "basic_pr", "--issue", github.issue()).ok();

    assertThat(github.repository.pulls()).isOne();
    assertThat(github.repository.body(1)).startsWith("Please.");
    assertThat(github.files()).isEqualTo("README.md\ndone.txt");
  }

  @Test
  void withoutATokenNoAgentIsPaid() throws Exception {
    project.environment.remove("GITHUB_TOKEN");

    var ended = project.conductor("run", "basic_pr", "--issue", github.issue());

    assertThat(ended.code()).isOne();
    assertThat(ended.err())
        .contains("there is no token", "GITHUB_TOKEN", "scope 'repo'", "/settings/tokens/new");
    assertThat(project.ledger()).isEmpty();
  }

  @Test
  void aRepositoryThatIsReadOnlyOrNotThereIsToldBeforeAnAgentIsPaid() throws Exception {
    github.repository.push = false;
    var readOnly = project.conductor("run", "basic_pr", "--issue", github.issue());
    project.sh("git -C repo remote set-url origin %s/me/other.git".formatted(github.fake.url()));
    var missing = project.conductor("run", "basic_pr", "--issue", github.issue());

    assertThat(readOnly.code()).isOne();
    assertThat(readOnly.err()).contains("may read this repository but not push to it");
    assertThat(missing.code()).isOne();
    assertThat(missing.err()).contains("/repos/me/other is not there", "scope 'repo'");
    assertThat(project.ledger()).isEmpty();
  }

  @Test
  void aForgeThatDoesNotAnswerYetStopsNobody() throws Exception {
    github.fake.plan("GET .*/repos/me/it", Fault.status(503, "Unavailable"));

    project.flow(MERGED).ok();

    assertThat(github.fake.plans()).isFalse();
  }

  @Test
  void aPushWhoseConnectionIsCutIsPushedAgain() throws Exception {
    github.fake.plan("POST .*/git-receive-pack", new Fault.Dropped(), new Fault.Lost());

    project.flow(MERGED).ok();

    assertThat(github.fake.requests("POST .*/git-receive-pack")).hasSize(2);
    assertThat(github.fake.plans()).isFalse();
  }

  @Test
  void theTokenComesFromACommandToo() throws Exception {
    Path token = github.tokenFromCommand();

    project.flow(MERGED).ok();
    Files.delete(token);
    var failed = project.flow(MERGED);

    assertThat(failed.code()).isOne();
    assertThat(failed.err()).contains("forge.token_command exited with 1", "No such file");
  }

  @Test
  void gitsOwnHelpersDoNotGetToStoreTheToken() throws Exception {
    project.sh("git config --global credential.helper store");
    project.sh("git config --global credential.%s.helper store".formatted(github.fake.url()));

    project.flow(MERGED).ok();

    assertThat(project.root.resolve("home/.git-credentials")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"git@forge:me/it.git", "forge:me/it", "ssh://git@forge:2222/me/it.git"})
  void otherSpellingsOfTheRemoteWork(String remote) throws Exception {
    project.sh(
        """
        git config --global url.%1$s/.insteadOf %2$s
        git -C repo remote set-url origin %3$s
        """
            .formatted(github.fake.url(), remote.replaceFirst("me/it.*", ""), remote));

    project.flow(MERGED).ok();
  }

  @Test
  void withoutAnOriginThePullRequestIsLocalAndThatIsSaid() throws Exception {
    project.sh(
        "git -C repo remote add other %s/me/it.git; git -C repo remote rename origin fork"
            .formatted(github.fake.url()));

    var local =
        project.flow(MERGED.replace("yield MergePR(pr, 'squash', delete_branch: true)", "pr"));

    assertThat(local.err()).contains("none of the remotes fork, other is called origin");
  }

  @Test
  void aForksPullRequestGoesToTheRepositoryThatItCameFrom() throws Exception {
    Path fork = github.fake.bare("you", "it");
    Files.createDirectories(fork.getParent());
    project.sh(
        """
        git clone -q --bare origin.git %1$s
        git -C %1$s config http.receivepack true
        git -C repo remote add upstream %2$s/me/it.git
        git -C repo remote set-url origin %2$s/you/it.git
        """
            .formatted(fork, github.fake.url()));
    github.repository.forkedBy(github.fake.repository("you", "it"));

    var ended = project.flow(MERGED).ok();

    assertThat(ended.json().get(0).asString()).endsWith("/me/it/pull/1");
    assertThat(project.sh("git -C %s show main:a.txt".formatted(github.bare))).isEqualTo("a");
    assertThat(project.sh("git -C %s branch".formatted(fork))).isEqualTo("* main");
    assertThat(project.sh("git -C %s branch".formatted(github.bare))).isEqualTo("* main");
  }

  @Test
  void theProxyOfTheEnvironmentIsUsedForGitAndTheApi() throws Exception {
    Path config = project.root.resolve("home/.config/doeff-conductor/config.yaml");
    Files.writeString(
        config, Files.readString(config).replace(github.fake.url(), "http://github.invalid"));
    project.sh("git -C repo remote set-url origin http://github.invalid/me/it.git");
    String flow = MERGED.replaceFirst("(?s)yield CommentPR.*", "return pr.number\n");
    project.environment.put("http_proxy", github.fake.url());

    assertThat(project.flow(flow).ok().out().strip()).isEqualTo("1");

    project.environment.put("no_proxy", "other,.invalid");
    var direct = project.flow(flow);
    assertThat(direct.code()).isOne();
    assertThat(github.repository.pulls()).isOne();
  }

  @Test
  void twoAgentsAndAMergeAreOnePullRequest() throws Exception {
    project
        .conductor("run", "multi_agent", "--issue", github.issue(), "--param", "test_command=true")
        .ok();

    assertThat(github.repository.pulls()).isOne();
    assertThat(github.repository.body(1)).contains("`true` passes", "nothing is uncommitted");
  }

  @Test
  void anUnknownForgeIsRefused() throws Exception {
    project.configure("forge: {type: bitbucket}");

    var ended = project.flow("return 1");

    assertThat(ended.code()).isEqualTo(Exit.USAGE);
    assertThat(ended.err())
        .contains("'forge.type' must be one of local, github, found 'bitbucket'");
  }

  /** A stranger's commit comes in where the script says so. */
  private static final String MOVED =
      """
      def env = yield CreateWorktree(name: 'work')
      yield WriteFile(env, 'a.txt', 'a')
      def pr = yield CreatePR(env, 'Add a')
      %s
      yield Exec("sh %%s ${pr.branch}")
      return (yield MergePR(pr%s)).status.name()
      """;

  private Path stranger() throws Exception {
    return project.file(
        "repo/push.sh",
        """
        set -e
        tree=$(git -C %1$s rev-parse "$1^{tree}")
        new=$(echo More | git -C %1$s -c user.name=x -c user.email=x@x commit-tree -p "$1" "$tree")
        git -C %1$s update-ref "refs/heads/$1" "$new"
        """
            .formatted(github.bare));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yield WaitForChecks(pr, check: true)", "yield Verify(env: env, pushed: true)"})
  void h2ACommitThatNobodySawIsNotMerged(String judged) throws Exception {
    Path push = stranger();

    var ended = project.flow(MOVED.formatted(judged, "").formatted(push));

    assertThat(ended.code()).isOne();
    assertThat(ended.err()).contains("NotMergeable", "did not see", "match: false");
    assertThat(github.repository.isOpen(1)).isTrue();
  }

  @Test
  void h2WhateverIsThereIsMergedWhereThatIsAskedForAndWhatTheRunPushed() throws Exception {
    Path push = stranger();

    project.flow(MOVED.formatted("", ", match: false").formatted(push)).ok();
    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'again')
            yield WriteFile(env, 'b.txt', 'b')
            def pr = yield CreatePR(env, 'Add b')
            yield WriteFile(env, 'c.txt', 'c')
            yield Commit(env, 'Add c')
            yield Push(env)
            return (yield MergePR(pr)).status.name()
            """)
        .ok();

    assertThat(project.sh("git -C %s ls-tree --name-only main".formatted(github.bare)))
        .contains("a.txt", "b.txt", "c.txt");
  }

  /** An ssh that knows that a name stands for the host of the fake. */
  private void sshConfig() throws Exception {
    Path ssh =
        project.file(
            "bin/ssh",
            "#!/bin/sh\n[ \"$1 $3\" = '-G github.com-work' ] && echo 'hostname 127.0.0.1' && exit 0\nexit 255\n");
    assertThat(ssh.toFile().setExecutable(true)).isTrue();
    project.environment.merge("PATH", project.root + "/bin", (old, bin) -> bin + ":" + old);
  }

  @Test
  void h7AnAliasOfSshIsTheHostThatSshConnectsTo() throws Exception {
    sshConfig();
    project.sh(
        project.repo,
        "git remote set-url origin git@github.com-work:me/it.git; git remote set-url --push origin "
            + github.fake.url()
            + "/me/it.git");

    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'work', base_branch: 'main')
            yield WriteFile(env, 'a.txt', 'a')
            return (yield CreatePR(env, 'Add a', target: 'main')).number
            """)
        .ok();

    assertThat(github.repository.pulls()).isOne();
  }

  @Test
  void h7AForgeThatWasAskedForIsNotReplacedBySilence() throws Exception {
    project.sh(project.repo, "git remote set-url origin git@elsewhere.example.com:me/it.git");

    var ended = project.conductor("run", "basic_pr", "--issue", github.issue());

    assertThat(ended.code()).isNotZero();
    assertThat(ended.err())
        .contains("forge.type is github", "origin at git@elsewhere.example.com:me/it.git");
    assertThat(project.ledger()).isEmpty();
    assertThat(project.conductor("doctor").out()).contains("forge.type is github");
  }

  @Test
  void h13ATargetThatIsOnlyAtGitHubIsFetched() throws Exception {
    project.sh("git -C %s branch release main".formatted(github.bare));

    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'work')
            yield WriteFile(env, 'a.txt', 'a')
            def one = yield CreatePR(env, 'Add a', target: 'origin/release')
            def two = yield CreatePR(env, 'Add a', target: 'release')
            assert one.target == 'release' && two.number == one.number
            """)
        .ok();
  }

  @Test
  void h13ATargetOfTheRepositoryThatItWasForkedFromIsFetched() throws Exception {
    Path fork = github.fake.bare("fork", "it");
    project.sh(
        """
        mkdir -p %2$s
        cp -r %1$s %2$s/it.git
        git -C %1$s branch release main
        git -C repo remote rename origin upstream
        git -C repo remote add origin %3$s/fork/it.git
        """
            .formatted(github.bare, fork.getParent(), github.fake.url()));
    github.repository.forkedBy(github.fake.repository("fork", "it"));

    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'work')
            yield WriteFile(env, 'a.txt', 'a')
            assert (yield CreatePR(env, 'Add a', target: 'release')).target == 'release'
            """)
        .ok();
    assertThat(github.repository.pulls()).isOne();
  }
}
