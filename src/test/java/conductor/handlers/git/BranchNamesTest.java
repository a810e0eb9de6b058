package conductor.handlers.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of branches that are made of texts, and texts that go with commits. */
class BranchNamesTest {

  @TempDir private Path temp;

  private Git git() {
    return Git.in(temp, Map.of("PATH", System.getenv("PATH"), "HOME", temp.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "Add a greeting!, Add-a-greeting",
    "Grüße ändern, Grüße-ändern",
    "a@{b, a@-b",
    "a..b...c, a.b.c",
    "-a, a",
    ".a/.b/-c, a/b/c",
    "a-/b./c.-, a/b/c",
    "/a//b/, a/b",
    "a.lock, a-lock",
    "a.lock/b, a-lock/b",
    "a.locked, a.locked",
    "'', work",
    "@, work",
    "'~^:?*[]', work",
    "a--b, a-b",
  })
  void aTextBecomesAName(String text, String name) throws Exception {
    assertThat(BranchNames.cleaned(text)).isEqualTo(name);
    assertThat(git().is("check-ref-format", "--branch", name)).isTrue();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void aNameIsNoLongerThanAFilesMayBe() {
    assertThat(BranchNames.cleaned("a".repeat(120))).isEqualTo("a".repeat(120));
    assertThat(BranchNames.cleaned("a".repeat(121))).matches("a{113}-[0-9a-f]{6}");
    assertThat(BranchNames.cleaned("ä".repeat(61))).matches("ä{56}-[0-9a-f]{6}");
    assertThat(BranchNames.cleaned("\ud83d\ude00".repeat(31)))
        .matches("(\ud83d\ude00){28}-[0-9a-f]{6}");
    assertThat(bytes(BranchNames.cleaned("x/" + "\u20ac".repeat(99)))).isBetween(118, 120);
    assertThat(BranchNames.cleaned("a".repeat(112) + "-" + "b".repeat(20)))
        .matches("a{112}-[0-9a-f]{6}");
    assertThat(BranchNames.cleaned("a".repeat(130)))
        .as("names differ as their texts do")
        .isNotEqualTo(BranchNames.cleaned("a".repeat(131)));
    assertThat(BranchNames.directory("a/b/c")).isEqualTo("a-b-c");
    assertThat(BranchNames.directory("a/" + "b".repeat(120))).matches("a-b{111}-[0-9a-f]{6}");
  }

  @Test
  void aBranchIsInTheWayOfOthersOnItsPath() throws Exception {
    Git git = git();
    git.must("init", "-q", "-b", "main");
    git.asConductor().must("commit", "-q", "--allow-empty", "-m", "one");
    git.must("branch", "a/b");

    NavigableSet<String> all = BranchNames.all(git);
    assertThat(BranchNames.inTheWay(all, "main")).contains("main");
    assertThat(BranchNames.inTheWay(all, "main/x/y")).contains("main");
    assertThat(BranchNames.inTheWay(all, "a/b/c")).contains("a/b");
    assertThat(BranchNames.inTheWay(all, "a")).contains("a/b");
    assertThat(BranchNames.inTheWay(all, "a/c")).isEmpty();
    assertThat(BranchNames.inTheWay(all, "mai")).isEmpty();
  }

  @Test
  void trailersFollowThoseThatThereAre() {
    List<String> two = List.of("Key: a", "Other: b");

    assertThat(Message.with(" Add it\n", two)).isEqualTo("Add it\n\nKey: a\nOther: b\n");
    assertThat(Message.with("Add it\n\nWhy.", two))
        .isEqualTo("Add it\n\nWhy.\n\nKey: a\nOther: b\n");
    assertThat(Message.with("Add it\n\nWhy.\n\nBy: me\nAnd: you\n", two))
        .isEqualTo("Add it\n\nWhy.\n\nBy: me\nAnd: you\nKey: a\nOther: b\n");
    assertThat(Message.with("Add it\n\nBy: me\nand more", two))
        .isEqualTo("Add it\n\nBy: me\nand more\n\nKey: a\nOther: b\n");
    assertThat(Message.with("By: me", two)).isEqualTo("By: me\n\nKey: a\nOther: b\n");
  }

  @Test
  void aBaseSaysWhereItIs() {
    var base = new Base("origin", "main", "0123456789abcdef", "origin/main", List.of());
    var commit = new Base(null, null, "0123456789abcdef", "0123456789", List.of());

    assertThat(base.brief()).isEqualTo("0123456789");
    assertThat(base.fields())
        .isEqualTo(Map.of("branch", "main", "remote", "origin", "commit", "0123456789abcdef"));
    assertThat(commit.fields())
        .isEqualTo(Map.of("branch", "", "remote", "", "commit", "0123456789abcdef"));
    assertThat(new CommitText("", "a@b", "", "").author()).isEqualTo("<a@b>");
    assertThat(new Credentials.Login("me", "secret")).hasToString("Login of me");
  }
}
