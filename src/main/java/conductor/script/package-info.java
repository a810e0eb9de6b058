/**
 * Compiled workflows and sessions, independent of their language: parameters, findings, needs,
 * handlers in force. Knows effects and no engine; the languages themselves are in {@code
 * script.groovy} and {@code script.java}.
 */
@NullMarked
package conductor.script;

import org.jspecify.annotations.NullMarked;
