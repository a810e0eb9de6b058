package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One script with {@code yield} in every position, through the whole of conductor. */
class EveryYieldTest {

  private static final String VALUES =
      """
      {"assign":3,"decl":3,"ret":3,"list":[3,true],"map":{"k":3},"arg2":[1,3],"named":3,"tern":3,\
      "plus":4,"not":false,"elvis":3,"forin":3,"thrown":"t","ylist":[3,true],"closure":3,"cls":3,\
      "st":3,"gstr":"a3b","sw":3,"sw2":9,"prop":"v","idx":1,"eq":true,"perf":3,"iff":1,\
      "multi":[3,true],"parens":"v","nl":3,"cast":"3","neg":-3,"inop":false,"rangey":4,\
      "spread":[1,2],"lambda":[4,5],"nested":[[3]],"andand":true,"tryv":1,"fin":3,"index":8,\
      "mapget":1,"multiassign":3,"safe":"v","str":"3 [3]"}
      """;

  @TempDir private Path temp;
  private Project project;
  private String script = "";

  @BeforeEach
  void setUp() throws Exception {
    project = Project.withoutRepository(temp);
    Files.createDirectories(project.repo);
    try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/every-yield.groovy"))) {
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyPositionGivesTheReply() throws Exception {
    assertThat(project.flow(script).ok().out()).isEqualTo(VALUES);
  }

  @Test
  void anErrorNamesItsLineAndColumn() throws Exception {
    String[] lines = script.split("\n", -1);
    int[] statements =
        IntStream.range(0, lines.length).filter(n -> lines[n].startsWith("r.")).toArray();
    for (int n = 0; n < statements.length; n += statements.length / 3) {
      int line = statements[n];
      String[] wrong = lines.clone();
      wrong[line] = "  def wrong = [1, foo(2, yield Exek('x'))]; " + wrong[line];
      Project.Result unknown = project.flow(String.join("\n", wrong));
      assertThat(unknown.code()).isEqualTo(Exit.USAGE);
      assertThat(unknown.err())
          .startsWith(temp + "/flow.groovy:" + (line + 1) + ":32: unknown effect 'Exek'");

      wrong[line] = "  def wrong = [1, foo(2, yield Exec('exit 9', check: true))]; " + lines[line];
      Project.Result failed = project.flow(String.join("\n", wrong));
      assertThat(failed.code()).isEqualTo(Exit.FAILED);
      assertThat(failed.err()).contains("flow.groovy:" + (line + 1) + ":32: ExecFailed: 'exit 9'");
    }
  }
}
