package conductor.agent;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.agent.Rules.Verdict;
import conductor.protocol.Permission;
import conductor.protocol.Permission.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  private static final Path WORKTREE = Path.of("/w/tree");

  private static Permission edit(String path) {
    return new Permission("1", "Write", Kind.EDIT, path, List.of(path));
  }

  private static Permission bash(String command) {
    return new Permission("1", "Bash", Kind.EXECUTE, command, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt, ALLOW",
    "/w/tree/src/A.java, ALLOW",
    "/w/tree/../other/a.txt, ASK",
    "/etc/passwd, ASK",
    ".git/hooks/pre-commit, ASK"
  })
  void withoutRulesEditsWithinTheWorktreeAreAllowed(String path, Verdict verdict) {
    assertThat(Rules.USUAL.decide(edit(path), WORKTREE)).isEqualTo(verdict);
  }

  @Test
  void withoutRulesEverythingElseIsAsked() {
    assertThat(Rules.USUAL.decide(bash("ls"), WORKTREE)).isEqualTo(Verdict.ASK);
    assertThat(Rules.USUAL.decide(new Permission("1", "Edit", Kind.EDIT, "?", List.of()), WORKTREE))
        .isEqualTo(Verdict.ASK);
  }

  @ParameterizedTest
  @CsvSource({
    "git status, ALLOW",
    "git push, DENY",
    "mvn test, ASK",
    "rm -rf /, DENY",
    "curl x, DENY"
  })
  void denyComesBeforeAskAndAskBeforeAllow(String command, Verdict verdict) {
    var rules =
        new Rules(
            Verdict.DENY,
            List.of("Bash(git *)", "execute(mvn *)"),
            List.of("bash(mvn *)"),
            List.of("execute(rm *)", "Bash(git push*)"));

    assertThat(rules.decide(bash(command), WORKTREE)).isEqualTo(verdict);
  }

  @Test
  void aPatternOfPathsIsMatchedWithinTheWorktree() {
    var rules = new Rules(Verdict.ASK, List.of("edit(src/**)"), List.of(), List.of());

    assertThat(rules.decide(edit("src/a/A.java"), WORKTREE)).isEqualTo(Verdict.ALLOW);
    assertThat(rules.decide(edit("/w/tree/src/A.java"), WORKTREE)).isEqualTo(Verdict.ALLOW);
    assertThat(rules.decide(edit("src/../pom.xml"), WORKTREE)).isEqualTo(Verdict.ASK);
    assertThat(rules.decide(edit("/other/src/A.java"), WORKTREE)).isEqualTo(Verdict.ASK);
  }

  @Test
  void theRuleThatAPersonIsShownAllowsWhatWasAsked() {
    for (Permission asked : List.of(bash("touch x"), edit("/etc/motd"))) {
      var rules = new Rules(Verdict.DENY, List.of(Rules.allowing(asked)), List.of(), List.of());
      assertThat(rules.decide(asked, WORKTREE)).isEqualTo(Verdict.ALLOW);
    }
  }
}
