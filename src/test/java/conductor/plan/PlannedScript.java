package conductor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.engine.RunResult;
import conductor.script.Library;
import conductor.script.Workflow;
import conductor.simulation.Stubs;
import conductor.simulation.TypicalHandler;
import conductor.workflow.Language;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Plans scripts that import the standard library, and reads how they ended. */
final class PlannedScript {

  private PlannedScript() {}

  /**
   * Plans a script with stubs in place of replies.
   *
   * @param scratch a directory of the plan's own
   */
  static Plan of(String text, Map<String, ?> stubs, Path scratch) throws InterruptedException {
    Workflow workflow =
        Language.compile("flow.groovy", text, Library.of(List.of(Path.of("stdlib"))));
    var typical = new TypicalHandler("flow", "main", new Stubs(stubs), _ -> null, Instant.EPOCH);
    return new Planner(typical, 500, new AtomicInteger(), scratch)
        .plan(workflow.program(Map.of(), null), List::of);
  }

  static Object value(Plan plan) {
    assertThat(plan.result()).isInstanceOf(RunResult.Done.class);
    return ((RunResult.Done) plan.result()).value();
  }

  static Throwable error(Plan plan) {
    assertThat(plan.result()).isInstanceOf(RunResult.Failed.class);
    return ((RunResult.Failed) plan.result()).error();
  }
}
