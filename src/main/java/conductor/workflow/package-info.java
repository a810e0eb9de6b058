/**
 * Finds and compiles workflows: files, templates, and the copies that runs keep of what they
 * started with.
 */
@NullMarked
package conductor.workflow;

import org.jspecify.annotations.NullMarked;
