/** The vault: issues as markdown files. */
@NullMarked
package conductor.handlers.issue;

import org.jspecify.annotations.NullMarked;
