/** A run as one archive that can be verified: what is in it, how it is written and how checked. */
@NullMarked
package conductor.report.bundle;

import org.jspecify.annotations.NullMarked;
