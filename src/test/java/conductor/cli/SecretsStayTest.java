package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.FakeGitHub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is posted and pushed holds no known secret (H20). */
class SecretsStayTest extends GitHubMachine {

  private static final String SECRET = "s3cret-of-the-shop";

  @BeforeEach
  void begin() {
    project.environment.put("SHOP_TOKEN", SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yield CreatePR(env, 'Add ' + secret)",
        "yield CreatePR(env, 'Add a', 'With ' + secret)",
        "yield CreatePR(env, 'Add a', labels: ['l', secret])",
        "yield CommentPR(yield(CreatePR(env, 'Add a')), 'It is ' + secret)",
        "yield Commit(env, 'Add ' + secret)"
      })
  void whatHoldsOneIsNotPosted(String act) throws Exception {
    var ended =
        project.flow(
            """
            def secret = 's3cret-of-' + 'the-shop'
            def env = yield CreateWorktree(name: 'work')
            yield WriteFile(env, 'a.txt', 'a')
            %s
            """
                .formatted(act));

    assertThat(ended.code()).isOne();
    assertThat(ended.err()).contains("SecretIn", "SHOP_TOKEN").doesNotContain(SECRET);
    assertThat(github.fake.requests("POST .*/(issues|pulls)/.*")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yield WriteFile(env, 'a.txt', 'one\\ntoken=' + secret + '\\n')",
        "yield WriteFile(env, 'a.txt', 'x' * 3000000 + secret + 'x' * 3000000)",
        "yield WriteFile(env, secret, 'a')",
        "yield Commit(env, 'One'); yield Push(env: env, branch: secret)",
        "yield WriteFile(env, 'a.txt', secret); yield Commit(env, 'One'); yield Exec('git replace -f HEAD HEAD~', env: env, check: true)",
        "yield WriteFile(env, 'a.txt', secret); yield Commit(env, 'One'); yield Exec('rm a.txt', env: env)",
      })
  void whatHoldsOneIsNotPushed(String work) throws Exception {
    var ended =
        project.flow(
            """
            def secret = 's3cret-of-' + 'the-shop'
            def env = yield CreateWorktree(name: 'work')
            yield WriteFile(env, 'b.txt', 'b')
            %s
            yield CreatePR(env, 'Add a')
            """
                .formatted(work));

    assertThat(ended.code()).isOne();
    assertThat(ended.err()).contains("SecretInCommits", "SHOP_TOKEN");
    assertThat(project.sh("git -C %s branch".formatted(github.bare))).isEqualTo("* main");
  }

  @Test
  void theTokenOfTheForgeIsNotPushedThoughACommandPrintsIt() throws Exception {
    github.tokenFromCommand();

    var ended =
        project.flow(
            """
            def env = yield CreateWorktree(name: 'work')
            yield Exec('cat %s/token > a.txt', env: env)
            try {
              yield CreatePR(env, 'Add a')
            } catch (SecretInCommits e) {
              yield Exec('git rm -q -f a.txt && git commit -q --amend -m Nothing --allow-empty && echo b > b.txt', env: env)
              return (yield CreatePR(env, 'Add b')).number
            }
            """
                .formatted(project.root));

    assertThat(ended.ok().out().strip()).isEqualTo("1");
    assertThat(project.sh("git -C %s log -p --all".formatted(github.bare)))
        .doesNotContain(FakeGitHub.TOKEN);
  }

  @Test
  void whatTheTargetHoldsAlreadyIsNoMatter() throws Exception {
    project.sh(
        project.repo,
        "echo %s > old.txt; git add .; git commit -q -m Old; git push -q %s HEAD:main"
            .formatted(SECRET, github.bare));

    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'work')
            yield WriteFile(env, 'a.txt', 'a')
            return (yield CreatePR(env, 'Add a')).number
            """)
        .ok();
  }
}
