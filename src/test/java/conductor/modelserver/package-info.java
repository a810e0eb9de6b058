/**
 * The model that agent programs talk to in tests: a server on loopback that does what the prompt
 * says.
 */
@NullMarked
package conductor.modelserver;

import org.jspecify.annotations.NullMarked;
