package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The budget of the standard library, where nothing is used; the real one is in {@code PairIT}. */
class BudgetTest {

  @TempDir private Path temp;

  @Test
  void whatUsesNothingFitsAnyBudgetAndTheBlocksValueIsGiven() throws Exception {
    Project project = Project.withOrigin(temp);

    Project.Result result =
        project.flow(
            """
            import static conductor.flow.Budget.budget
            def env = yield CreateWorktree()
            def said = budget(max_tokens: 10) { yield RunAgent(env: env, prompt: 'x') }
            return said + ' ' + (yield Usage()).turns
            """);

    assertThat(result.ok().out()).isEqualTo("done 1\n");
  }

  @Test
  void aBudgetOfNothingIsUsedUp() throws Exception {
    Project project = Project.withOrigin(temp);

    Project.Result result =
        project.flow(
            """
            import static conductor.flow.Budget.budget
            def env = yield CreateWorktree()
            try {
              budget(max_tokens: 0) { yield RunAgent(env: env, prompt: 'x') }
            } catch (BudgetExceeded e) {
              return e.limit + ' ' + e.most
            }
            """);

    assertThat(result.ok().out()).isEqualTo("max_tokens 0.0\n");
    assertThat(project.ledger()).isEmpty();
  }

  @Test
  void anUnknownLimitIsNamed() throws Exception {
    Project project = Project.withOrigin(temp);

    Project.Result result =
        project.flow(
            """
            import static conductor.flow.Budget.budget
            budget(max_money: 1) { 1 }
            """);

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains("max_money", "max_cost_usd");
  }
}
