/** The demonstration: a run in a scratch directory that is killed and goes on. */
@NullMarked
package conductor.cli.demo;

import org.jspecify.annotations.NullMarked;
