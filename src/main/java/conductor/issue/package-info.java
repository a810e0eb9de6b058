/** The vault: issues as markdown files. */
@NullMarked
package conductor.issue;

import org.jspecify.annotations.NullMarked;
