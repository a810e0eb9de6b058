package conductor.run.execution;

import conductor.effect.Issue;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request to start a run.
 *
 * @param workflow a template's name or a file
 * @param params by name, as given
 * @param issue the issue to work on
 * @param project the directory it works in
 * @param parent the run that starts this one, with the key of the effect; empty when a person does
 * @param label the name that the run is given; empty for none
 */
public record RunRequest(
    String workflow,
    Map<String, ? extends @Nullable Object> params,
    Optional<Issue> issue,
    Path project,
    Optional<String> parent,
    Optional<String> label) {

  /** Returns the request of a run without a name. */
  public RunRequest(
      String workflow,
      Map<String, ? extends @Nullable Object> params,
      Optional<Issue> issue,
      Path project,
      Optional<String> parent) {
    this(workflow, params, issue, project, parent, Optional.empty());
  }

  /** Returns the same with a name that {@code RunNames.check} has let pass. */
  public RunRequest named(String label) {
    return new RunRequest(workflow, params, issue, project, parent, Optional.of(label));
  }
}
