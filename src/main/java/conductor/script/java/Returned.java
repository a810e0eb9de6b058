package conductor.script.java;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code return} at the top level of a workflow in Java gives: the workflow ends with it.
 */
record Returned(@Nullable Object value) {}
