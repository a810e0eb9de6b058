package conductor.script.java;

import org.jspecify.annotations.Nullable;

/**
 * The value of a {@code return} at the top level of a workflow in Java: the workflow ends with it.
 */
record Returned(@Nullable Object value) {}
