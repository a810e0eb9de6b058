package conductor.effect;

import java.nio.file.Path;

/**
 * The result of a command.
 *
 * @param exitCode the exit code; 128 plus the signal's number when a signal ended it
 * @param output the tail of standard output and standard error, interleaved as written; at most 64
 *     KiB
 * @param logPath the file with all of the output
 * @param passed whether the exit code is 0
 */
public record ExecResult(int exitCode, String output, Path logPath, boolean passed) {}
