/** What the user set: files, environment and flags, each value with where it comes from. */
@NullMarked
package conductor.config;

import org.jspecify.annotations.NullMarked;
