/**
 * The record of a run: what was asked for and what came back, in an append-only file that survives
 * a crash at any byte.
 */
@NullMarked
package conductor.journal;

import org.jspecify.annotations.NullMarked;
