package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pull request changes, by the objects of the repository here. */
@Timeout(120)
class PullChangeTest extends UiScene {

  private static final String PROPOSES =
      """
      def env = yield CreateWorktree()
      yield WriteFile(env: env, path: 'a.txt', content: 'mine <b> s3cr3t-of-the-project\\u202e\\n')
      yield Commit(env: env, message: 'Add a')
      def pr = yield CreatePR(env: env, title: 'Add a')
      return pr.url
      """;

  private static String address(String url) {
    return "/pulls/change?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
  }

  private String proposed() throws Exception {
    return project.flow(PROPOSES).ok().out().strip();
  }

  @Test
  void itsHeadIsShownAgainstItsBase() throws Exception {
    String url = proposed();
    project.sh(project.repo, "echo theirs > b.txt; git add b.txt; git commit -qm 'Add b'");
    assertThat(get("/pulls").body()).contains(address(url).replace("&", "&amp;"));
    assertThat(get(address(url)).body())
        .contains("Add a", "open", "a.txt", "mine &lt;b&gt;", "→ main")
        .doesNotContain("b.txt", "s3cr3t-of-the-project", "\u202e");
  }

  @Test
  void aMergedOneKeepsItsChange() throws Exception {
    String url = proposed();
    project.conductor("pr", "merge", "1").ok();
    assertThat(get(address(url)).body()).contains("merged", "a.txt", "mine &lt;b&gt;");
  }

  @Test
  void commitsThatAreNotHereAreSaid() throws Exception {
    String url = proposed();
    Path file = Path.of(url);
    String head = project.conductor("pr", "show", "1", "--json").json().get("head").asString();
    Files.writeString(file, Files.readString(file).replace(head, "12345678".repeat(5)));
    assertThat(get(address(url)).body())
        .contains("123456781, is not in this repository", "git fetch");
  }

  @Test
  void aTargetThatIsGoneIsSaid() throws Exception {
    String url = proposed();
    Files.writeString(
        Path.of(url), Files.readString(Path.of(url)).replace("\"main\"", "\"gone-branch\""));
    assertThat(get(address(url)).body()).contains("where it left 'gone-branch' is not known here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "https://forge.example/o/r/pull/7", "../1.json"})
  void othersHaveNoPage(String url) throws Exception {
    proposed();
    assertThat(get(address(url)).statusCode()).isEqualTo(404);
  }

  private static final String URL = "https://forge.example/o/r/pull/7";

  /** A reply that a forge gave, as the journal has it; the run is said to have opened it. */
  private void hosted(String flow) throws Exception {
    project.flow(flow).ok();
    Path meta = project.state.run(project.onlyRun()).meta();
    String text = Files.readString(meta);
    Files.writeString(
        meta,
        text.replaceFirst("\"pr_url\"\\s*:\\s*null,?", "")
            .replaceFirst("\\{", "{\"pr_url\":\"" + URL + "\","));
  }

  @Test
  void whatAForgeRepliedLastIsShownWithWhenThatWas() throws Exception {
    hosted(
        """
        import conductor.effect.PRHandle
        def env = yield CreateWorktree()
        yield WriteFile(env: env, path: 'a.txt', content: 'mine')
        def head = yield Commit(env: env, message: 'Add a')
        def pr = { status -> new PRHandle('%s', 7, 'Add <i>a</i>', env.branch, 'main', status, java.time.Instant.EPOCH, head) }
        yield Put('pr', pr(PRHandle.Status.DRAFT))
        yield Get('pr')
        yield Put('pr', pr(PRHandle.Status.OPEN))
        yield Get('pr')
        return 1
        """
            .formatted(URL));
    assertThat(get("/pulls?status=forge").body())
        .contains(URL, "#7 Add &lt;i&gt;a&lt;/i&gt;", ">open</span>", "as of", "→ main")
        .contains(address(URL))
        .doesNotContain("draft");
    assertThat(get(address(URL)).body()).contains("As its forge said", "a.txt", ">mine<");
  }

  @Test
  void whatNoReplyToldIsSaidToBeUnknown() throws Exception {
    hosted("return 1");
    assertThat(get("/pulls?status=forge").body()).contains(URL, "at its forge");
    assertThat(get(address(URL)).body()).contains("is not recorded here", "conductor pr diff");
  }
}
