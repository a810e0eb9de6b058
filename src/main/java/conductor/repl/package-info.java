/**
 * Sessions at a terminal or over a stream: line editing, completion and colors, commands, questions
 * and their answers.
 */
@NullMarked
package conductor.repl;

import org.jspecify.annotations.NullMarked;
