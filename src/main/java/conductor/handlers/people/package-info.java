/** Questions to people. */
@NullMarked
package conductor.handlers.people;

import org.jspecify.annotations.NullMarked;
