/** What the commands take, known at start-up without reading their annotations. */
@NullMarked
package conductor.cli.syntax;

import org.jspecify.annotations.NullMarked;
