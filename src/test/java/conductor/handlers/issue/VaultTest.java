package conductor.handlers.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import conductor.state.Locks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Issues as markdown files that people edit too. */
class VaultTest {

  @TempDir private Path temp;
  private final Locks locks = new Locks();

  private Vault vault() {
    return new Vault(temp.resolve("issues"), locks, InstantSource.system());
  }

  private Path file(String id) {
    return temp.resolve("issues").resolve(id + ".md");
  }

  private Issue created(String title) throws InterruptedException {
    return vault().create(title, "the body", List.of("bug"), Map.of("size", 3), "");
  }

  @Test
  void anIssueIsReadBackAsItWasWritten() throws Exception {
    Issue issue = created("Ein \"Titel\": mit # Zeichen");

    assertThat(issue.id()).isEqualTo("ISSUE-001");
    assertThat(vault().get("ISSUE-001")).isEqualTo(issue);
    assertThat(issue.title()).isEqualTo("Ein \"Titel\": mit # Zeichen");
    assertThat(issue.labels()).containsExactly("bug");
    assertThat(issue.metadata()).containsEntry("size", 3);
    assertThat(issue.body()).isEqualTo("the body");
    assertThat(issue.status()).isEqualTo(Issue.Status.OPEN);
    assertThat(Files.readString(file("ISSUE-001"))).startsWith("---\nid: ISSUE-001\n");
  }

  @Test
  void idsAreNeverUsedTwiceAmongManyWhoCreate() throws Exception {
    var ids = new ArrayList<String>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      var all = new ArrayList<Future<Issue>>();
      for (int n = 0; n < 40; n++) {
        all.add(threads.submit(() -> created("one")));
      }
      for (Future<Issue> one : all) {
        ids.add(one.get().id());
      }
    }

    assertThat(ids).doesNotHaveDuplicates().contains("ISSUE-001", "ISSUE-040");
  }

  @Test
  void theIdOfADeletedIssueIsNotUsedAgain() throws Exception {
    created("one");
    created("two");
    Files.delete(file("ISSUE-002"));

    assertThat(created("three").id()).isEqualTo("ISSUE-003");
  }

  @Test
  void resolvingKeepsWhatPeopleAndOtherProgramsWrote() throws Exception {
    created("one");
    String edited =
        """
        ---
        id: ISSUE-001
        title: one   # a comment
        assignee: {name: me, since: 2026-01-02}
        status: open
        labels:
          - bug
          - ours
        created_at: 2026-01-02T03:04:05Z
        ---

        # Heading

        Edited by hand.
        """;
    Files.writeString(file("ISSUE-001"), edited);

    Issue resolved = vault().resolve("ISSUE-001", "merged", "http://x/1");

    assertThat(resolved.status()).isEqualTo(Issue.Status.RESOLVED);
    assertThat(resolved.prUrl()).isEqualTo("http://x/1");
    assertThat(Files.readString(file("ISSUE-001")))
        .contains("title: one   # a comment\nassignee: {name: me, since: 2026-01-02}\n")
        .contains("labels:\n  - bug\n  - ours\n")
        .contains("status: resolved\n", "result: merged\n")
        .endsWith("# Heading\n\nEdited by hand.\n");
  }

  @Test
  void aBrokenFileIsNamedAndSkippedByLists() throws Exception {
    created("one");
    Files.writeString(file("ISSUE-007"), "---\ntitle: [unclosed\n---\nx\n");
    Files.writeString(file("notes"), "# Notes\n\nNo front matter.\n");

    Vault.Listing all = vault().all();

    assertThat(all.issues()).extracting(Issue::title).containsExactlyInAnyOrder("one", "Notes");
    assertThat(all.problems()).singleElement().asString().contains("ISSUE-007.md:");
    assertThatThrownBy(() -> vault().get("ISSUE-007")).isInstanceOf(IssueFailure.class);
    assertThat(created("next").id()).isEqualTo("ISSUE-008");
  }

  @Test
  void anUnknownIdNamesTheNearest() throws Exception {
    created("one");

    assertThatThrownBy(() -> vault().get("ISSUE-01"))
        .isInstanceOf(IssueFailure.IssueNotFound.class)
        .hasMessageContaining("ISSUE-001");
  }

  @Test
  void anIssueIsFoundByTheKeyOfItsAct() throws Exception {
    Issue issue = vault().create("one", "", List.of(), Map.of(), "wf-1/0/4/ab");

    assertThat(vault().byKey("wf-1/0/4/ab")).contains(issue);
    assertThat(vault().byKey("wf-1/0/5/ab")).isEmpty();
  }

  /** Law 5: the issue is there, though it cannot be read, and must not be made again. */
  @Test
  void oneThatIsBrokenIsStillFoundByItsKey() throws Exception {
    created("one");
    Issue issue = vault().create("two", "b", List.of(), Map.of(), "wf-1/0/4/ab");
    Path file = file(issue.id());
    Files.writeString(file, Files.readString(file).replace("title: ", "title: ["));

    assertThatThrownBy(() -> vault().byKey("wf-1/0/4/ab"))
        .isInstanceOf(IssueFailure.BadIssue.class)
        .hasMessageContaining(issue.id());
    assertThat(vault().byKey("wf-1/0/5/ab")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void aChangeTouchesOnlyItsOwnLines(String end) throws Exception {
    created("one");
    String edited =
        """
        ---
        # by hand
        "title": one
        status: open   # triaged by me

        notes: |
          first

          last
        result: |
          old

          text

        other : {a: 1}
        ---
        Body  \nwith trailing blanks\t
        """
            .replace("\n", end);
    Files.writeString(file("ISSUE-001"), edited);

    vault().resolve("ISSUE-001", "new", null);

    String now = Files.readString(file("ISSUE-001"));
    String expected =
        edited
            .replace("status: open   #", "status: resolved   #")
            .replace("result: |\n  old\n\n  text\n".replace("\n", end), "result: new" + end);
    assertThat(now.replaceAll("(updated_at|resolved_at): .*" + end, "")).isEqualTo(expected);
  }

  @Test
  void frontMatterThatCannotBeChangedByLineIsLeftAsItIs() throws Exception {
    created("one");
    String flow = "---\n{title: one, status: open}\n---\nx\n";
    Files.writeString(file("ISSUE-001"), flow);

    assertThatThrownBy(() -> vault().resolve("ISSUE-001", null, null))
        .isInstanceOf(IssueFailure.BadIssue.class);
    assertThat(Files.readString(file("ISSUE-001"))).isEqualTo(flow);
  }

  @Test
  void theFirstHeadingIsTheTitleAndTheRestTheBody() {
    Issue issue =
        IssueFile.parse(
                Path.of("x.md"), "\uFEFFIntro #1\n```sh\n# a comment\n```\n## The title ##\nText\n")
            .issue();

    assertThat(issue.title()).isEqualTo("The title");
    assertThat(issue.body())
        .contains("Intro #1", "# a comment", "Text")
        .doesNotContain("The title");
    assertThat(IssueFile.parse(Path.of("x.md"), "#!/bin/sh\n").issue().title())
        .isEqualTo("#!/bin/sh");
    assertThat(IssueFile.parse(Path.of("x.md"), "---\n---\n# T\n").issue().title()).isEqualTo("T");
    assertThat(IssueFile.parse(Path.of("x.md"), "").issue().title()).isEqualTo("x");
  }

  @Test
  void aCopiedFileIsAnIssueOfItsOwn() throws Exception {
    created("one");
    Files.copy(file("ISSUE-001"), file("ISSUE-005"));

    vault().resolve("ISSUE-005", null, null);

    assertThat(vault().get("ISSUE-005").id()).isEqualTo("ISSUE-005");
    assertThat(vault().get("ISSUE-001").status()).isEqualTo(Issue.Status.OPEN);
    assertThat(created("next").id()).isEqualTo("ISSUE-006");
  }

  @Test
  void whatCannotBeWrittenBackIsRefused() throws Exception {
    var odd = Map.of("a: b", "no", "list", List.of(1, "x"), "n", "0x1F");
    Issue issue = vault().create("yes", "", List.of(), odd, "");

    assertThat(vault().get(issue.id()).metadata()).isEqualTo(odd);
    assertThat(vault().get(issue.id()).title()).isEqualTo("yes");
    assertThatThrownBy(() -> vault().create(" ", "", List.of(), Map.of(), ""))
        .hasMessageContaining("title");
    assertThatThrownBy(() -> vault().create("t", "", List.of(), Map.of("status", "x"), ""))
        .hasMessageContaining("'status'");
  }

  @Test
  void resolvingAgainKeepsWhenItWasResolved() throws Exception {
    created("one");
    Issue first = vault().resolve("ISSUE-001", null, null);

    assertThat(vault().resolve("ISSUE-001", null, "u").resolvedAt()).isEqualTo(first.resolvedAt());
  }

  @Test
  void anIdThatNoFileCanHaveIsNoIssue() {
    assertThatThrownBy(() -> vault().get("a\0b")).isInstanceOf(IssueFailure.IssueNotFound.class);
  }

  @Test
  void frontMatterThatIsNestedTooDeepIsToldWithoutTheHostsWords() throws Exception {
    created("one");
    Files.writeString(file("ISSUE-001"), "---\nx: " + "[".repeat(5000) + "\n---\n");

    assertThatThrownBy(() -> vault().get("ISSUE-001"))
        .isInstanceOf(IssueFailure.BadIssue.class)
        .hasMessageContaining("nest")
        .hasMessageNotContaining("StreamReadConstraints");
  }

  private List<String> listed() {
    Vault.Listed listed = vault().listed();
    return Stream.concat(
            listed.issues().stream()
                .map(issue ->
                    issue.id() + " " + issue.status() + " " + issue.title() + issue.labels()),
            listed.problems().stream())
        .toList();
  }

  @Test
  void issuesThatTheIndexHoldsAreNotRead() throws Exception {
    created("one");
    created("two");
    vault().resolve("ISSUE-001", null, null);
    created("three");
    for (String id : List.of("ISSUE-001", "ISSUE-002", "ISSUE-003")) {
      FileTime time = Files.getLastModifiedTime(file(id));
      Files.writeString(file(id), " ".repeat((int) Files.size(file(id))));
      Files.setLastModifiedTime(file(id), time);
    }

    assertThat(listed())
        .containsExactly(
            "ISSUE-003 OPEN three[bug]", "ISSUE-002 OPEN two[bug]", "ISSUE-001 RESOLVED one[bug]");
  }

  @Test
  void issuesThatPeopleChangedAddedOrDeletedAreListedAsTheyAre() throws Exception {
    created("one");
    created("two");
    created("three");
    String text = Files.readString(file("ISSUE-001"));
    Files.writeString(file("ISSUE-001"), text.replace("title: one", "title: uno"));
    Files.delete(file("ISSUE-002"));
    Files.writeString(file("a new one"), "# New\n");
    Files.writeString(file("ISSUE-003"), "---\nno end\n");

    assertThat(listed())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("a new one OPEN New[]"),
            line -> assertThat(line).isEqualTo("ISSUE-001 OPEN uno[bug]"),
            line -> assertThat(line).contains("ISSUE-003.md:1"));
    assertThat(vault().all().problems()).hasSize(1);
  }
}
