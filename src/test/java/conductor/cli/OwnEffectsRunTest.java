package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Effects and handlers of a project, of the user and of a script, in whole runs. */
class OwnEffectsRunTest {

  private static final String COUNT =
      """
      @Effect(value = 'Counts the words of a text.', example = "def n = yield CountWords('a b')")
      int CountWords(@Param('the text') String text, String tool = 'wc -w') {
        (yield Exec("printf '%s' '$text' | $tool")).output.trim() as int
      }
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private void user(String name, String text) throws Exception {
    project.file("home/.config/doeff-conductor/effects/" + name, text);
  }

  @Test
  void anEffectOfTheUserIsKnownEverywhere() throws Exception {
    user("words.groovy", COUNT);

    assertThat(project.flow("return yield CountWords('one two')").ok().out()).isEqualTo("2\n");

    JsonNode shown = project.conductor("show", project.onlyRun(), "--json").json();
    assertThat(StreamSupport.stream(shown.path("effects").spliterator(), false))
        .extracting(
            effect -> effect.path("position").asString() + " " + effect.path("effect").asString())
        .containsExactly("1 CountWords", "1.handler.1 Exec");
    assertThat(shown.path("effects").get(0).path("status").asString()).isEqualTo("done");
  }

  @Test
  void itIsDocumentedAndCheckedAsThoseThatAreBuiltIn() throws Exception {
    user("words.groovy", COUNT);

    assertThat(project.conductor("effects").ok().out())
        .contains("CountWords(text, tool?) -> Integer");
    assertThat(project.conductor("effects", "CountWords").ok().out())
        .contains("Counts the words of a text.", "the text", "def n = yield CountWords('a b')");
    JsonNode json = project.conductor("effects", "CountWords", "--json").json().get(0);
    assertThat(json.path("origin").asString()).endsWith("effects/words.groovy");
    assertThat(json.path("parameters").get(1).path("required").asBoolean()).isFalse();
    assertThat(project.conductor("effects", "CountWord").err())
        .contains("did you mean 'CountWords'?");

    Path flow = project.file("flow.groovy", "yield CountWords(txt: 'a')");
    Project.Result check = project.conductor("check", flow.toString());
    assertThat(check.code()).isEqualTo(Exit.USAGE);
    assertThat(check.out())
        .contains(
            ":1:18: CountWords has no parameter 'txt' - did you mean 'text'? signature: CountWords(text, tool?)");
  }

  @Test
  void aProjectsEffectsWinOverTheUsersAndNeedTrust() throws Exception {
    user("words.groovy", COUNT);
    project.file(
        "repo/.conductor/effects/words.groovy", "@Effect('x') def CountWords(String t) { 7 }");

    assertThat(project.flow("return yield CountWords('a')").code()).isEqualTo(Exit.USAGE);
    Project.Result untrusted = project.conductor("effects", "CountWords");
    assertThat(untrusted.err()).contains("not trusted");
    assertThat(untrusted.out()).contains("CountWords(text, tool?)");

    project.conductor("trust").ok();
    assertThat(project.flow("return yield CountWords('a')").ok().out()).isEqualTo("7\n");
    assertThat(project.conductor("effects", "CountWords").ok().out()).contains("CountWords(t)");
  }

  @Test
  void theyAreKnownInJavaToo() throws Exception {
    user("words.groovy", COUNT);
    user(
        "more.groovy",
        """
        @Effect('x') List<String> Both(WorktreeEnv env, long n, Duration wait = '1s') {
          def all = yield Gather([Exec(command: "echo $n", env: env), { yield Exec('echo 2') }])
          all.collect { it.output.strip() }
        }
        """);
    Path flow =
        project.file(
            "flow.jsh",
            """
            int n = perform(CountWords("one two"));
            Integer tee = perform(CountWords("a b", "tee -a $LEDGER | wc -w"));
            var env = perform(CreateWorktree());
            List<String> both = perform(Both(env, 7, "2s"));
            var seen = new ArrayList<String>();
            var handled = handling(Exec.class, (exec, onward) -> {
              seen.add(perform(Exec("echo in")).output().strip());
              return onward.apply(exec);
            }, () -> perform(Both(env, 8)));
            var own = handling("CountWords", (effect, onward) -> effect.arguments().size(),
                () -> perform(CountWords("x")));
            "" + n + tee + both + handled + seen + own
            """);

    assertThat(project.conductor("check", flow.toString()).ok().out()).isEmpty();
    assertThat(project.conductor("run", flow.toString()).ok().out())
        .isEqualTo("22[7, 2][8, 2][in, in]2\n");
    assertThat(project.conductor("plan", flow.toString()).ok().out()).contains("1 CountWords");
    assertThat(project.conductor("resume", project.onlyRun()).code()).isEqualTo(Exit.USAGE);
    Project.Result wrong =
        project.conductor("run", project.file("x.jsh", "CountWords(7)").toString());
    assertThat(wrong.err()).contains("x.jsh:1:", "incompatible types");
  }

  @Test
  void sessionsTellOfThem() throws Exception {
    user("words.groovy", COUNT);
    String ask = "/effect CountWords\n/effect CountWord\n/effects\n";

    Project.Result groovy = project.piped("yield CountWords('a b')\n" + ask, "repl");
    Project.Result java =
        project.piped("perform(CountWords(\"a b\"))\n" + ask, "repl", "--lang", "java");

    assertThat(List.of(groovy, java))
        .allSatisfy(session -> {
          assertThat(session.out()).isEqualTo("2\n");
          assertThat(session.err())
              .contains("CountWords(text, tool?) -> Integer\nCounts the words of a text.")
              .contains("did you mean 'CountWords'");
        });
  }

  @Test
  void aRunResumesWithTheEffectsItBeganWith() throws Exception {
    user("words.groovy", COUNT);
    String flow =
        """
        def n = yield CountWords(text: 'one two', tool: 'tee -a "$LEDGER" | wc -w')
        yield Exec(command: "test -f ${params.marker}", check: true)
        return n
        """;
    Path marker = temp.resolve("marker");
    Path file = project.file("flow.groovy", "@Param String marker\n" + flow);
    assertThat(project.conductor("run", file.toString(), "--param", "marker=" + marker).code())
        .isEqualTo(Exit.FAILED);

    user("words.groovy", "@Effect('x') def CountWords(String text, String tool) { 99 }");
    Files.createFile(marker);

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("2\n");
    assertThat(project.ledger()).containsExactly("one two");
  }

  @Test
  void aHandledAgentIsNotNeeded() throws Exception {
    project.configure("{}");

    assertThat(
            project
                .flow(
                    """
                    def env = yield CreateWorktree()
                    handling(RunAgent: { effect, perform -> "played: ${effect.prompt}" }) {
                      yield RunAgent(env, 'hello')
                    }
                    """)
                .ok()
                .out())
        .isEqualTo("played: hello\n");
  }
}
