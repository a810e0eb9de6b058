/** The demonstration: a run in a scratch directory that can be killed and resumed. */
@NullMarked
package conductor.cli.demo;

import org.jspecify.annotations.NullMarked;
