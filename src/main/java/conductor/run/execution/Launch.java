package conductor.run.execution;

import conductor.effect.Issue;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run.
 *
 * @param workflow a template's name or a file
 * @param params by name, as given
 * @param issue the issue to work on
 * @param project the directory it works in
 * @param parent the run that starts this one
 */
public record Launch(
    String workflow,
    Map<String, ? extends @Nullable Object> params,
    Optional<Issue> issue,
    Path project,
    Optional<String> parent) {}
