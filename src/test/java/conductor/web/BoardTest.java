package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The board and the list of pull requests: what a person has to do. */
@Timeout(120)
class BoardTest extends UiScene {

  private static final String PROPOSES =
      """
      def env = yield CreateWorktree()
      yield WriteFile(env: env, path: 'a.txt', content: 'a')
      yield Commit(env: env, message: 'Add a')
      def pr = yield CreatePR(env: env, title: 'Add <i>a</i>\\u202e')
      return pr.url
      """;

  private static String lane(String page, String kind) {
    return Arrays.stream(page.split("<section id=\""))
        .filter(part -> part.startsWith("lane-" + kind))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void runsStandWhereAPersonLooksForThem() throws Exception {
    project.conductor("issue", "create", "Fix the <b>login</b>").ok();
    project.flow(
        "yield Status('half'); return yield Ask(prompt: 'Which <b>one</b>?\\u202e')",
        "--no-wait",
        "--name",
        "asks",
        "--issue",
        "ISSUE-001");
    project.flow(
        "yield Status('halfway')\nthrow new IllegalStateException('no <i>way</i>\\nat all')",
        "--name",
        "fails");
    project.flow("return 1", "--name", "ends").ok();
    String page = get("/board").body();
    assertThat(lane(page, "WAITS"))
        .contains(">asks</a>", "half", "Which &lt;b&gt;one&lt;/b&gt;?", "blocked")
        .contains("/issues/ISSUE-001", "Fix the &lt;b&gt;login&lt;/b&gt;", "repo")
        .doesNotContain("\u202e", ">ends<");
    assertThat(lane(page, "FAILED"))
        .contains(">fails</a>", "error", "IllegalStateException: no &lt;i&gt;way&lt;/i&gt;")
        .doesNotContain("halfway", "at all");
    assertThat(lane(page, "DONE")).contains(">ends</a>");
    assertThat(lane(page, "WORKS")).contains("None.");
    assertThat(page).contains("<title>(1) Board");
  }

  @Test
  void aRunIsReadyUntilItsPullRequestIsMerged() throws Exception {
    String url = project.flow(PROPOSES, "--name", "proposes").ok().out().strip();
    String before = get("/board").body();
    assertThat(lane(before, "READY"))
        .contains(">proposes</a>", "#1 Add &lt;i&gt;a&lt;/i&gt;", "open")
        .contains("/pulls#" + Part.id("p", url));
    assertThat(get("/pulls?status=open").body())
        .contains(
            "id=\"" + Part.id("p", url) + "\"", "#1 Add &lt;i&gt;a&lt;/i&gt;", ">proposes</a>")
        .doesNotContain("\u202e");
    project.conductor("pr", "merge", "1").ok();
    String after = get("/board").body();
    assertThat(lane(after, "READY")).contains("None.");
    assertThat(lane(after, "DONE")).contains(">proposes</a>", "merged");
    assertThat(get("/pulls?status=open").body()).contains("No such pull requests");
    assertThat(get("/pulls?status=merged").body()).contains("#1 Add");
  }

  @Test
  void aPullRequestAtAForgeIsSaidToBeUnknownHere() throws Exception {
    project.flow("return 1", "--name", "hosted").ok();
    Path meta = project.state.run(project.onlyRun()).meta();
    String text = Files.readString(meta);
    assertThat(text).doesNotContain("pr_url\":\"");
    Files.writeString(
        meta,
        text.contains("\"pr_url\"")
            ? text.replaceFirst(
                "\"pr_url\"\\s*:\\s*null", "\"pr_url\":\"https://forge.example/o/r/pull/7\"")
            : text.replaceFirst("\\{", "{\"pr_url\":\"https://forge.example/o/r/pull/7\","));
    assertThat(lane(get("/board").body(), "READY"))
        .contains("https://forge.example/o/r/pull/7", ">#7</a>", "not recorded here");
    Path seen = project.state.run(project.onlyRun()).pulls();
    Files.createDirectories(seen);
    Files.writeString(
        seen.resolve("6.json"),
        """
        {"v": 1, "url": "https://forge.example/o/r/pull/6", "head": null, "repo": null}
        """);
    Files.writeString(seen.resolve("6.answered.json"), "{}");
    assertThat(get("/pulls?status=forge").body())
        .contains(">#7</a>", ">#6</a>", "at its forge", ">hosted</a>", "2 entries");
  }

  @Test
  void anEndedRunIsShownWithoutItsJournal() throws Exception {
    project.flow("yield Exec('true'); return 1", "--name", "ends").ok();
    Path journal = project.state.run(project.onlyRun()).trace();
    Files.writeString(journal, "damaged");
    assertThat(lane(get("/board").body(), "DONE")).contains(">ends</a>");
  }

  @Test
  void anUnreadablePullRequestIsSaidAndHidesNoOther() throws Exception {
    String url = project.flow(PROPOSES).ok().out().strip();
    Files.writeString(Path.of(url).resolveSibling("2.json"), "{");
    assertThat(get("/pulls").body()).contains("This cannot be read", "2.json", "#1 Add");
    assertThat(get("/board").body()).contains("2.json", "#1 Add");
  }

  @Test
  void anOpenBoardIsToldWhatChanged() throws Exception {
    project.flow("return yield Ask(prompt: 'Why?')", "--no-wait", "--name", "asks");
    try (Stream<String> lines = events("/board")) {
      var read = lines.iterator();
      String line = read.next();
      while (!line.contains("Why?")) {
        line = read.next();
      }
      project.conductor("answer", project.onlyRun(), "so").ok();
      project.conductor("resume", project.onlyRun()).ok();
      while (!(line.contains("lane-DONE") && line.contains("<template>"))) {
        line = read.next();
      }
    }
    assertThat(lane(get("/board").body(), "DONE")).contains(">asks</a>");
  }
}
