package conductor.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import conductor.state.Locks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
