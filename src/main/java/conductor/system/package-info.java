/** What a script takes from the host, recorded: time, chance, environment. */
@NullMarked
package conductor.system;

import org.jspecify.annotations.NullMarked;
