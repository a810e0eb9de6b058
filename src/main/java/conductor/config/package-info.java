/**
 * The user's settings: from files, environment and flags, each value with its origin; and what of a
 * project is trusted.
 */
@NullMarked
package conductor.config;

import org.jspecify.annotations.NullMarked;
