/**
 * Pages of a browser on the runs of a state directory: a server on loopback that looks and acts.
 */
@NullMarked
package conductor.web;

import org.jspecify.annotations.NullMarked;
