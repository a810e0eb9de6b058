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
 */
public record RunRequest(
    String workflow,
    Map<String, ? extends @Nullable Object> params,
    Optional<Issue> issue,
    Path project,
    Optional<String> parent) {}
