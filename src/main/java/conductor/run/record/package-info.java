/**
 * The files by which other processes see and reach a run: its description and status, its owner,
 * its open questions, and the messages to it.
 */
@NullMarked
package conductor.run.record;

import org.jspecify.annotations.NullMarked;
