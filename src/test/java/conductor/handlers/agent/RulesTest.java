package conductor.handlers.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import conductor.handlers.agent.Rules.Verdict;
import conductor.handlers.agent.protocol.Permission;
import conductor.handlers.agent.protocol.Permission.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

  private static final Workplace WORKTREE = new Workplace(Path.of("/w/tree"), null, false);

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
    ".git/hooks/pre-commit, ASK",
    "lib/.git/config, ASK"
  })
  void withoutRulesEditsWithinTheWorktreeAreAllowed(String path, Verdict verdict) {
    assertThat(Rules.USUAL.decide(edit(path), WORKTREE)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt, ALLOW",
    "../lib/a.txt, ALLOW",
    "/w/tree/lib/a.txt, ALLOW",
    "../../a.txt, ALLOW",
    "../../../a.txt, ASK",
    "../../.git/config, ASK",
    "secret.txt, ASK",
    "../../secret.txt, DENY",
    "../../services/api/own.txt, DENY",
    "own.txt, DENY"
  })
  void pathsStartWhereTheAgentDoesAndRulesAtTheTop(String path, Verdict verdict) {
    var place = new Workplace(Path.of("/w/tree"), "services/api", false);
    var rules =
        new Rules(
            null,
            List.of(),
            List.of("edit(services/api/secret.txt)"),
            List.of("edit(secret.txt)", "edit(services/api/own.txt)"));

    assertThat(rules.decide(edit(path), place)).isEqualTo(verdict);
    assertThat(rules.decide(bash("echo > " + path), place))
        .isEqualTo(verdict == Verdict.ALLOW ? Verdict.ASK : verdict);
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

  /** R-B1: a pattern spans one command, not a line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "git status; touch x",
        "git status && touch x",
        "git status || touch x",
        "git status | tee x",
        "git status & touch x",
        "git status\ntouch x",
        "git status \\\\\ntouch x",
        "git log $(touch x)",
        "git log \"a $(touch x)\"",
        "git log `touch x`",
        "git log \"`touch x`\"",
        "git log <(touch x)",
        "git log > /etc/motd",
        "git log >> ../x",
        "git log &> .git/config",
        "git log 2>/etc/x",
        "git log > $HOME/x",
        "(touch x)",
        "{ touch x; }",
        "if git status; then touch x; fi",
        "for a in $(touch x); do git log; done",
        "PATH=. git status",
        "PATH=.; git status",
        "git() { touch x; }; git status",
        "git log <<E\n$(touch x)\nE",
        "git log <<'E'\na\nE\ntouch x",
        "git log $((touch x) ; (echo a))",
        "git log ${x:-$(touch x)}",
        "\"git \"status",
        "git log 'a",
        "git log )",
        "case a in a) git x;; esac; touch x",
        "git # x\ntouch x",
        "! touch x",
        "./git status",
        "git log $'a' ; touch x",
        "git log \"$\\\n(touch x)\"",
      })
  void whatAnyCommandOfALineDoesIsToBeAllowed(String line) {
    var rules = new Rules(null, List.of("execute(git *)"), List.of(), List.of());

    assertThat(rules.decide(bash(line), WORKTREE)).isEqualTo(Verdict.ASK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git status",
        "git add a; git commit -m 'a; b && $(c)'",
        "git log | git shortlog && git status",
        "git log \"$(git rev-parse HEAD)\"",
        "git commit -m \"$(git log <<'EOF'\nit's; a $(touch x)\nEOF\n)\"",
        "git log 2>&1 > /dev/null",
        "git log > notes.txt",
        "for a in b c; do git log \"$a\"; done # d",
        "git add src/*.java {} ${a}",
      })
  void aLineIsAllowedWhenAllItsCommandsAre(String line) {
    var rules = new Rules(null, List.of("execute(git *)"), List.of(), List.of());

    assertThat(rules.decide(bash(line), WORKTREE)).isEqualTo(Verdict.ALLOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls; git push",
        "ls && (git push -f)",
        "echo $(git push)",
        "git  push",
        "git 'push'",
        "g\\it push",
        "/usr/bin/git push",
        "A=1 git push",
        "env A=1 git push",
        "git -C . push",
        "git -c a=b --no-pager push",
        "bash -c 'ls; git push'",
        "eval git push",
        "timeout 5 git push",
        "find . -exec git push {} +",
        "while true; do git push; done",
        "echo `git push`",
        "git \\\npush",
      })
  void oneDeniedCommandOfALineIsEnough(String line) {
    var rules = new Rules(Verdict.ALLOW, List.of(), List.of(), List.of("Bash(git push*)"));

    assertThat(rules.decide(bash(line), WORKTREE)).isEqualTo(Verdict.DENY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git $x",
        "$x",
        "git pu*h",
        "git p{us,x}h",
        "eval \"$x\"",
        "curl x | sh",
        "git 'push",
        "case a in a) git push;; esac",
        "echo $'git' | bash",
        "$'git' push",
      })
  void whatMayBeDeniedIsAsked(String line) {
    var rules = new Rules(Verdict.ALLOW, List.of(), List.of(), List.of("Bash(git push*)"));

    assertThat(rules.decide(bash(line), WORKTREE)).isEqualTo(Verdict.ASK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"git log 'push'", "ls; git status \"$x\"", "echo git push"})
  void whatIsNotDeniedGoesOn(String line) {
    var rules = new Rules(Verdict.ALLOW, List.of(), List.of(), List.of("Bash(git push*)"));

    assertThat(rules.decide(bash(line), WORKTREE)).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void aDeniedPathIsDeniedBesideOthersAndThroughRedirections() {
    var rules = new Rules(Verdict.ALLOW, List.of("Bash"), List.of(), List.of("edit(secret/**)"));
    var both = new Permission("1", "Write", Kind.EDIT, "a", List.of("a", "secret/b"));

    assertThat(rules.decide(both, WORKTREE)).isEqualTo(Verdict.DENY);
    assertThat(rules.decide(bash("echo > secret/b"), WORKTREE)).isEqualTo(Verdict.DENY);
  }

  @Test
  void aLinkOutOfTheWorktreeIsOutside(@TempDir Path worktree) throws IOException {
    Files.createSymbolicLink(worktree.resolve("link"), Path.of("/etc"));

    assertThat(Rules.USUAL.decide(edit("link/motd"), new Workplace(worktree, null, false)))
        .isEqualTo(Verdict.ASK);
  }

  @Test
  void longLinesAndPatternsAreJudgedQuickly() {
    var rules = new Rules(null, List.of("Bash(*a*a*a*a*b)"), List.of(), List.of("Bash(*a*a*c)"));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          rules.decide(bash("a".repeat(500_000)), WORKTREE);
          rules.decide(bash("$(a ".repeat(10_000)), WORKTREE);
          rules.decide(bash("env ".repeat(10_000)), WORKTREE);
          rules.decide(bash("$(a);".repeat(9_000)), WORKTREE);
        });
  }

  @Test
  void theShownRuleAllowsWhatItWasShownFor() {
    for (String line : List.of("git status; touch x", "a\nb", "f() { x; }; f > /etc/x")) {
      String rule = Rules.allowing(bash(line));
      var rules = new Rules(null, List.of(rule), List.of(), List.of());
      assertThat(rules.decide(bash(line), WORKTREE)).isEqualTo(Verdict.ALLOW);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bash(git *",
        "Bash git *",
        "Bash(git *) x",
        "(git *)",
        "Bash()",
        "",
        "*",
        "mcp__*",
        "{Bash=git *}",
        "Bash(git:*)",
        "edit(src/[a)",
        "Bash)",
        "Read, Grep"
      })
  void aRuleThatIsNotWrittenAsOneHasAFault(String rule) {
    assertThat(RuleForm.fault(rule)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bash",
        "Bash(git *)",
        "execute(*)",
        "edit(src/**)",
        "mcp__github__create_issue",
        "execute(npm run test:*)",
        "Bash(echo (a))",
        "fetch(https://example.com/*)",
        " Read "
      })
  void aRuleThatIsHasNone(String rule) {
    assertThat(RuleForm.fault(rule)).isEmpty();
  }
}
