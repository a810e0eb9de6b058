/** {@code conductor mcp}: conductor as a server of the Model Context Protocol. */
@NullMarked
package conductor.cli.mcp;

import org.jspecify.annotations.NullMarked;
