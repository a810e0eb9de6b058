package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Variants of one task side by side. */
@Timeout(120)
class VariantsTest extends UiScene {

  private static final String FLOW =
      """
      def envs = yield Gather(['one', 'two', 'three'].collect { CreateWorktree(suffix: it) })
      yield Gather(
          one: { ->
            yield RunAgent(env: envs[0], name: 'first', prompt: 'Try')
            yield WriteFile(env: envs[0], path: 'same.txt', content: 'same\\n')
          },
          two: { ->
            yield RunAgent(env: envs[1], name: 'second', prompt: 'Try')
            yield WriteFile(env: envs[1], path: 'same.txt', content: 'same\\n')
          },
          three: { ->
            yield WriteFile(env: envs[2], path: 'same.txt', content: 'other <b> s3cr3t-of-the-project\\u202e\\n')
          })
      return 1
      """;

  private void tried() throws Exception {
    project.agent(
        """
        echo "I am $CONDUCTOR_AGENT"
        [ "$CONDUCTOR_AGENT" = first ] && echo mine > only.txt
        true
        """);
    project.flow(FLOW).ok();
  }

  private static String file(String page, String path) {
    return Arrays.stream(page.split("<details "))
        .filter(part -> part.contains("data-path=\"" + path + "\""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatEachMadeStandsBesideTheOthers() throws Exception {
    tried();
    String run = project.onlyRun();
    assertThat(get("/runs/" + run).body())
        .contains("/runs/" + run + "/variants#g-2", ">variants<")
        .doesNotContain("/variants#g-1");
    String page = get("/runs/" + run + "/variants").body();
    assertThat(page)
        .contains("3 variants", "2 files, +2 −0", "1 file, +1 −0", "I am first", "I am second")
        .contains(
            "/runs/" + run + "/agents/first",
            "/runs/" + run + "/changes#w-",
            "its cost is not told")
        .doesNotContain("s3cr3t-of-the-project", "\u202e", "other <b>");
    assertThat(file(page, "only.txt")).contains("only one", "not touched", ">mine<");
    assertThat(file(page, "same.txt"))
        .contains("the same as one", "other &lt;b&gt;")
        .doesNotContain("not touched", "only ", "the same in all");
  }

  @Test
  void aWorktreeThatSeveralBranchesTouchIsNoVariant() throws Exception {
    project
        .flow(
            """
            def env = yield CreateWorktree()
            yield Gather(
                a: WriteFile(env: env, path: 'a.txt', content: 'a'),
                b: WriteFile(env: env, path: 'b.txt', content: 'b'))
            """)
        .ok();
    assertThat(get("/runs/" + project.onlyRun() + "/variants").body())
        .contains("No two branches of this run");
    assertThat(get("/runs/" + project.onlyRun() + "/variants/x").statusCode()).isEqualTo(404);
  }

  @Test
  void anOpenPageFollows() throws Exception {
    project.flow(
        """
        def go = { name -> { ->
          def env = yield CreateWorktree(suffix: name)
          yield WriteFile(env: env, path: 'a.txt', content: name)
          yield Ask(prompt: "Go on with $name?")
          yield WriteFile(env: env, path: 'b.txt', content: "later $name")
        } }
        yield Gather(x: go('x'), y: go('y'))
        """,
        "--no-wait");
    String run = project.onlyRun();
    try (Stream<String> lines = events("/runs/" + run + "/variants")) {
      Iterator<String> read = lines.iterator();
      await(read, "the same in all|2 variants");
      project.conductor("answer", run, "--at", "1.x.3", "yes").ok();
      project.conductor("resume", run, "--no-wait");
      await(read, "later x");
    }
  }

  private static void await(Iterator<String> lines, String text) {
    String line = lines.next();
    while (Arrays.stream(text.split("\\|")).noneMatch(line::contains)) {
      line = lines.next();
    }
  }
}
