package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each effect changed in the files of worktrees. */
@Timeout(120)
class EffectChangesTest extends UiScene {

  private static final String FLOW =
      """
      def env = yield CreateWorktree()
      yield WriteFile(env: env, path: 'a.txt', content: 'one\\ntwo <b>\\u202e s3cr3t-of-the-project\\n')
      yield Commit(env: env, message: 'Add a')
      yield Exec("printf 'one\\\\nthree\\\\n' > a.txt; printf 'x\\\\0y' > b.bin", env: env)
      yield Exec('true', env: env)
      return 1
      """;

  private String address(String run, String position) {
    return "/runs/" + run + "/effect?at=" + position;
  }

  @Test
  void anEffectThatChangedFilesLeadsToItsChange() throws Exception {
    project.flow(FLOW).ok();
    String run = project.onlyRun();
    assertThat(get("/runs/" + run).body())
        .contains(address(run, "2"), address(run, "4"))
        .doesNotContain(address(run, "1"), address(run, "3"), address(run, "5"));
    String first = get(address(run, "2")).body();
    assertThat(first)
        .contains("WriteFile", "a.txt", "two &lt;b&gt;", "class=\"added\"", "After: 4")
        .doesNotContain("\u202e", "s3cr3t-of-the-project", "three", "Before:");
    String second = get(address(run, "4")).body();
    assertThat(second)
        .contains("three", "class=\"removed\"", "b.bin", "binary", "Before: 2")
        .doesNotContain("After:");
  }

  @Test
  void theChangeStaysWhenTheWorktreeIsGone() throws Exception {
    project
        .flow(FLOW.replace("return 1", "yield DeleteWorktree(env: env, force: true); return 1"))
        .ok();
    String run = project.onlyRun();
    assertThat(get(address(run, "4")).body()).contains("three", "b.bin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "99", "2.x", "..%2F..%2Fetc", "%3Cb%3E"})
  void whatChangedNothingHasNoPage(String position) throws Exception {
    project.flow(FLOW).ok();
    assertThat(get(address(project.onlyRun(), position)).statusCode()).isEqualTo(404);
  }

  @Test
  void branchesOfAnyNameHaveTheirOwn() throws Exception {
    project
        .flow(
            """
            yield Gather(
                'a/b & <c>.d': { ->
                  def env = yield CreateWorktree(suffix: 'one')
                  yield WriteFile(env: env, path: 'a.txt', content: 'one')
                },
                other: { ->
                  def env = yield CreateWorktree(suffix: 'two')
                  yield WriteFile(env: env, path: 'a.txt', content: 'two')
                })
            """)
        .ok();
    String run = project.onlyRun();
    String page = get("/runs/" + run).body();
    String href = page.replaceFirst("(?s).*?href=\"(/runs/[^\"]*/effect[^\"]*)\".*", "$1");
    HttpResponse<String> changed = get(href.replace("&amp;", "&"));
    assertThat(changed.statusCode()).as(href).isEqualTo(200);
    assertThat(changed.body()).contains("a.txt", ">one<").doesNotContain(">two<", "<c>");
  }

  @Test
  void aRepositoryThatIsGoneIsSaid() throws Exception {
    project.flow(FLOW).ok();
    String run = project.onlyRun();
    try (Stream<String> lines = events(address(run, "4"))) {
      Iterator<String> read = lines.iterator();
      await(read, "three");
      project.sh("mv '" + project.repo + "' '" + project.repo + ".moved'");
      await(read, "its repository is gone or was moved");
    }
    assertThat(get("/runs/" + run).statusCode()).isEqualTo(200);
  }

  @Test
  void aRunThatIsRemovedMeanwhileIsSaid() throws Exception {
    project
        .flow(FLOW.replace("return 1", "yield DeleteWorktree(env: env, force: true); return 1"))
        .ok();
    String run = project.onlyRun();
    try (Stream<String> lines = events(address(run, "4"))) {
      Iterator<String> read = lines.iterator();
      await(read, "three");
      project.conductor("rm", run).ok();
      await(read, "cannot be read");
    }
    assertThat(get(address(run, "4")).body()).contains("no run is named");
  }

  @Test
  void anOpenPageOfARunIsToldOfAChange() throws Exception {
    project.flow(
        """
        def env = yield CreateWorktree()
        def text = yield Ask(prompt: 'Which?')
        yield WriteFile(env: env, path: 'a.txt', content: text)
        """,
        "--no-wait");
    String run = project.onlyRun();
    try (Stream<String> lines = events("/runs/" + run)) {
      Iterator<String> read = lines.iterator();
      await(read, "Which?");
      project.conductor("answer", run, "this").ok();
      project.conductor("resume", run).ok();
      await(read, address(run, "3"));
    }
  }

  private static void await(Iterator<String> lines, String text) {
    String line = lines.next();
    while (!line.contains(text)) {
      line = lines.next();
    }
  }
}
