package conductor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import conductor.report.Highlighting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report}: one page of a run that anyone can open. */
class ReportTest {

  private static final String AGENT =
      """
      cat > /dev/null
      echo '<script>alert(1)</script> & "quoted" ```'
      printf '\\033[31mred\\033[0m \\342\\200\\256reversed\n'
      echo "the key is s3cr3t-v4lue-of-mine"
      echo changed > README.md
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.agent(AGENT);
    project.environment.put("SOME_API_KEY", "s3cr3t-v4lue-of-mine");
  }

  private String page(String run) throws Exception {
    Path file = project.root.resolve("report.html");
    assertThat(project.conductor("report", run, "-o", file.toString()).ok().out())
        .isEqualTo(file + "\n");
    String page = Files.readString(file);
    hasOneScript(page);
    return page;
  }

  /** The page names its script by its hash, so that a browser runs no other one. */
  private static void hasOneScript(String page) throws Exception {
    Matcher script = Pattern.compile("(?s)<script>(.*)</script>").matcher(page);
    assertThat(script.find()).isTrue();
    String text = script.group(1);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    assertThat(page)
        .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "';")
        .contains("default-src 'none'")
        .containsOnlyOnce("<script");
    assertThat(text)
        .isEqualTo(Highlighting.read().script())
        .contains("License: BSD-3-Clause", "`groovy` grammar")
        .doesNotContain("<!--");
  }

  @Test
  void aPageHasAllThatHappenedAndTextIsShownAsText() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            """
            // <img src=x onerror=alert(2)>
            yield Status('half of it')
            def env = yield CreateWorktree(name: 'w')
            yield Gather(left: RunAgent(env: env, prompt: 'do it', name: 'coder'), right: Exec('echo right'))
            yield Ask('Is <b>this</b> right?', options: ['yes', 'no'])
            """);
    assertThat(project.conductor("run", flow.toString(), "--no-wait").code())
        .isEqualTo(Exit.BLOCKED);

    String page = page(project.onlyRun());

    assertThat(page)
        .contains("half of it", "It waits for an answer", "Is &lt;b&gt;this&lt;/b&gt; right?")
        .contains("yes | no", "3.left", "3.right", ">RunAgent</b>", "coder")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; ")
        .contains("// &lt;img src=x onerror=alert(2)&gt;")
        .contains("<td class=\"s\">+</td><td class=\"c\">changed</td>", "coder: do it")
        .contains("the key is ***SOME_API_KEY***")
        .doesNotContain("s3cr3t-v4lue-of-mine", "<img", "\u001b", "\u202e")
        .doesNotContainPattern("(src|href)=\"(?!#)");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(project.root.resolve("report.html"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aFailureStandsFirstAndASummaryFitsAComment() throws Exception {
    project.flow("yield Exec('echo `x` | tee a', check: true)\nyield Exec('exit 3', check: true)");
    String run = project.onlyRun();

    assertThat(page(run))
        .containsSubsequence("Why it failed", "ended with exit code 3", "What it did");
    assertThat(project.conductor("report", run, "--format", "markdown").ok().out())
        .startsWith("## `flow` error\n")
        .contains("### Why it failed\n\n```text\nflow.groovy:2:7: ExecFailed")
        .contains("| ✓ | `Exec` | ``echo `x` \\| tee a check: true`` |")
        .contains("| ✗ | `Exec` | `exit 3 check: true` |");
  }

  @Test
  void changesAreShownFileByFileWhateverStandsInThem() throws Exception {
    Path changes =
        project.file(
            "changes.sh",
            """
            git mv README.md 'a <b>.md'
            printf '</td></table><script>alert(1)</script>\\n\\033[31mred\\n' > new.txt
            printf '+++ b/x\\n@@ -1 +1 @@\\n' > patch.txt
            head -c 3000 /dev/zero | tr '\\0' x > wide.txt
            head -c 9 /dev/zero > zero
            seq 2500 > long.txt
            git add -A
            """);
    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'w')
            yield Exec(['sh', '%s'], env: env, check: true)
            """
                .formatted(changes))
        .ok();

    assertThat(page(project.onlyRun()))
        .contains("6 files", "README.md → a &lt;b&gt;.md</code> <span class=\"badge\">renamed")
        .contains("&lt;/td&gt;&lt;/table&gt;&lt;script&gt;alert(1)&lt;/script&gt;</td>")
        .contains("<td class=\"s\">+</td><td class=\"c\">+++ b/x</td>")
        .contains("1,000 characters after this are left out", "500 more lines are left out")
        .contains("zero</code> <span class=\"badge\">new</span> <span class=\"badge\">binary");
  }

  @Test
  void answeredQuestionsSayWhatWasAnsweredAndWhy() throws Exception {
    Path child = project.file("child.groovy", "yield Exec('echo inside the child')");
    Path flow =
        project.file(
            "flow.groovy",
            """
            yield Ask('Begin?', options: ['yes', 'no'])
            yield RunWorkflow('%s')
            yield Ask('Once more?')
            """
                .formatted(child));
    project.conductor("run", flow.toString(), "--no-wait");
    String run = project.onlyRun();
    project.conductor("answer", run, "yes", "--note", "they <asked> for it").ok();
    assertThat(project.conductor("resume", run, "--no-wait").code()).isEqualTo(Exit.BLOCKED);

    assertThat(page(run))
        .containsSubsequence("It waits for an answer", "Once more?", "What people answered")
        .containsSubsequence("<pre>Begin?</pre>", "<pre>yes</pre>", "they &lt;asked&gt; for it")
        .containsSubsequence(
            "class=\"lane child\"", "title=\"child.groovy\"", "critical", "echo inside the child");
    assertThat(project.conductor("report", run, "--format", "markdown").ok().out())
        .contains("### What people answered", "| `Begin?` | `yes` | ");
  }

  @Test
  void theBrowserIsAskedToOpenTheFile() throws Exception {
    project.flow("return 1").ok();
    String run = project.onlyRun();
    Path file = project.repo.resolve(run + ".html");

    Project.Result none = project.conductor("report", run, "--open");
    assertThat(none.code()).isEqualTo(Exit.BROKEN);
    assertThat(none.err()).contains("there is no browser to open " + file, "BROWSER");
    assertThat(file).exists();

    Path browser = project.file("browser", "#!/bin/sh\necho \"$1\" > opened\n");
    assertThat(browser.toFile().setExecutable(true)).isTrue();
    project.environment.put("BROWSER", browser.toString());
    project.conductor("report", run, "--open").ok();
    assertThat(project.repo.resolve("opened")).hasContent(file.toString());

    project.environment.put("BROWSER", "false");
    assertThat(project.conductor("report", run, "--open").err()).contains("ended with exit code 1");
    assertThat(project.conductor("report", run, "--open", "--format", "markdown").code())
        .isEqualTo(Exit.USAGE);
  }

  @Test
  void longTextsAreCutAndSaySo() throws Exception {
    project.flow("def text = 'x' * 99 + '\\n'\nreturn text * 20000").ok();

    assertThat(page(project.onlyRun()))
        .contains("characters before this are left out")
        .hasSizeLessThan(1_300_000);
  }

  /** Law 10: looking changes nothing, whatever is gone. */
  @Test
  void aRunWhoseWorktreeAndRepositoryAreGoneHasAReport() throws Exception {
    project.flow("def e = yield CreateWorktree(name: 'w')\nreturn e.branch").ok();
    String run = project.onlyRun();
    project.sh("rm -rf repo state/worktrees; mkdir repo");
    String before = project.sh("find state -type f ! -name '*.lock' | sort | xargs sha256sum");

    assertThat(page(run)).contains("its branch or its first commit is gone");
    assertThat(project.sh("find state -type f ! -name '*.lock' | sort | xargs sha256sum"))
        .isEqualTo(before);
  }

  @Test
  void whereNoFileCanBeIsSaid() throws Exception {
    project.flow("return 1").ok();
    String run = project.onlyRun();

    for (String output : new String[] {"none/x.html", "."}) {
      Project.Result refused = project.conductor("report", run, "-o", output);
      assertThat(refused.code()).isEqualTo(Exit.USAGE);
      assertThat(refused.err()).contains("--output must be a file in a directory that is there");
    }
    assertThat(project.conductor("report", run, "--format", "pdf").code()).isEqualTo(Exit.USAGE);
    assertThat(project.conductor("report", "wf-none").code()).isEqualTo(Exit.USAGE);
  }
}
