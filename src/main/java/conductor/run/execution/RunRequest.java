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
 * @param script the text of the workflow, when it is in no file; {@code workflow} is then {@code -}
 * @param parent the run that starts this one, with the key of the effect; empty when a person does
 * @param label the name that the run is given; empty for none
 */
public record RunRequest(
    String workflow,
    Map<String, ? extends @Nullable Object> params,
    Optional<Issue> issue,
    Path project,
    Optional<String> script,
    Optional<String> parent,
    Optional<String> label) {

  /** Returns the request to start a workflow that is in a file, without a name for the run. */
  public RunRequest(
      String workflow,
      Map<String, ? extends @Nullable Object> params,
      Optional<Issue> issue,
      Path project,
      Optional<String> parent) {
    this(workflow, params, issue, project, Optional.empty(), parent, Optional.empty());
  }

  /** Returns this request for a workflow whose text is given. */
  public RunRequest withScript(String text) {
    return new RunRequest(workflow, params, issue, project, Optional.of(text), parent, label);
  }

  /** Returns the same with a name that {@code RunNames.check} has let pass. */
  public RunRequest named(String label) {
    return new RunRequest(workflow, params, issue, project, script, parent, Optional.of(label));
  }
}
