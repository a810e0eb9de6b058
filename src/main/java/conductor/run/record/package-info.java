/**
 * What a run leaves on disk for others to see and reach it by: what it is, where it stands, who
 * owns it, what it is told.
 */
@NullMarked
package conductor.run.record;

import org.jspecify.annotations.NullMarked;
