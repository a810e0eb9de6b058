package conductor.effect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The effects that run child runs. */
public sealed interface WorkflowEffect<R extends @Nullable Object> extends Effect<R> {

  /** Runs another workflow. */
  @About(
      value =
          "Runs a template or a workflow file as a child run with its own record, and replies with its result.",
      example = "def pr = yield RunWorkflow('basic_pr', params: [issue: issue])")
  record RunWorkflow(
      @About("a template's name or a file") String workflow,
      @About("its parameters, by name") @Nullable Map<String, @Nullable Object> params)
      implements WorkflowEffect<@Nullable Object> {
    public RunWorkflow withParams(Map<String, @Nullable Object> params) {
      return new RunWorkflow(workflow, params);
    }
  }
}
