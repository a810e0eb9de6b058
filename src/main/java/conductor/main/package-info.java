/** Where the process begins: the command line with its commands. */
@NullMarked
package conductor.main;

import org.jspecify.annotations.NullMarked;
