/** Sessions at a terminal: what a person types, completed and coloured, and what comes of it. */
@NullMarked
package conductor.repl;

import org.jspecify.annotations.NullMarked;
