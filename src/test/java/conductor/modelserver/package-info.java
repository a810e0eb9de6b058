/**
 * The real agent programs under test, and the model they talk to: a server on loopback that
 * performs what the prompt says.
 */
@NullMarked
package conductor.model;

import org.jspecify.annotations.NullMarked;
