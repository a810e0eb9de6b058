/** A run as one page to read: its report. */
@NullMarked
package conductor.report;

import org.jspecify.annotations.NullMarked;
