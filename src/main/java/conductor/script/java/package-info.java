/** Workflows and sessions in Java, by JShell. */
@NullMarked
package conductor.script.java;

import org.jspecify.annotations.NullMarked;
