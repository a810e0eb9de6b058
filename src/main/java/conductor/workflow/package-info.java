/**
 * Where workflows come from: files, templates, and what a run keeps of the one that it began with.
 */
@NullMarked
package conductor.workflow;

import org.jspecify.annotations.NullMarked;
