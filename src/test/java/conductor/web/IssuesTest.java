package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The issues of the vault. */
@Timeout(120)
class IssuesTest extends UiScene {

  private void created(String title, String... more) {
    String[] words = new String[more.length + 3];
    words[0] = "issue";
    words[1] = "create";
    words[2] = title;
    System.arraycopy(more, 0, words, 3, more.length);
    project.conductor(words).ok();
  }

  @Test
  void openOnesAreListedWithTheirRuns() throws Exception {
    created("Fix the <b>login</b>", "--labels", "bug,ui");
    created("Write docs");
    project.conductor("issue", "resolve", "ISSUE-002", "--pr", "https://forge.example/pull/3").ok();
    project.flow("return 1", "--name", "tries", "--issue", "ISSUE-001").ok();
    assertThat(get("/issues").body())
        .contains("ISSUE-001", "Fix the &lt;b&gt;login&lt;/b&gt;", "bug, ui", ">tries</a>")
        .contains("1 entry")
        .doesNotContain("ISSUE-002");
    assertThat(get("/issues?status=resolved").body())
        .contains("ISSUE-002", "https://forge.example/pull/3")
        .doesNotContain("ISSUE-001");
    assertThat(get("/issues?status=all").body()).contains("ISSUE-001", "ISSUE-002", "2 entries");
  }

  @Test
  void theTextIsPlain() throws Exception {
    created("Login", "--body", "# Steps\n<script>alert(1)</script>\u202e\u001b[31mred");
    assertThat(get("/issues/ISSUE-001").body())
        .contains("# Steps\n&lt;script&gt;alert(1)&lt;/script&gt;red", "<h1>Login")
        .doesNotContain("<script>alert", "\u202e", "\u001b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/issues/ISSUE-404", "/issues/..", "/issues/%2e%2e%2fnames", "/issues/<b>"})
  void whatThereIsNotIsSaid(String path) throws Exception {
    created("Login");
    String page = get(path.replace("<", "%3C").replace(">", "%3E")).body();
    assertThat(page).doesNotContain("Login").doesNotContain("<b>");
  }

  @Test
  void anUnreadableOneHidesNoOther() throws Exception {
    created("Whole");
    Files.writeString(project.state.issues().resolve("ISSUE-002.md"), "---\ntitle: [\n---\n");
    assertThat(get("/issues").body()).contains("Whole", "This cannot be read", "ISSUE-002");
  }

  @Test
  void manyAreOnSeveralPages() throws Exception {
    created("The first");
    String first = Files.readString(project.state.issues().resolve("ISSUE-001.md"));
    for (int n = 2; n <= Paging.SIZE + 1; n++) {
      String id = "ISSUE-%03d".formatted(n);
      Files.writeString(
          project.state.issues().resolve(id + ".md"),
          first.replace("ISSUE-001", id).replace("The first", "Number " + n));
    }
    String page = get("/issues").body();
    assertThat(page).contains("51 entries", "href=\"/issues?status=open&amp;page=2\"");
    assertThat(page.split("<th scope=\"row\">")).hasSize(Paging.SIZE + 1);
    String last = get("/issues?status=open&page=2").body();
    assertThat(last.split("<th scope=\"row\">")).hasSize(2);
    assertThat(get("/issues?page=99999999").body()).contains("rel=\"prev\"");
  }
}
