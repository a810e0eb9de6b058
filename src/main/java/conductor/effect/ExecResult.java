package conductor.effect;

import java.nio.file.Path;

/**
 * How a command ended.
 *
 * @param exitCode 128 plus the signal's number when a signal ended it
 * @param output the tail of standard output and standard error, interleaved as written; at most 64
 *     KiB
 * @param logPath all of the output
 * @param passed whether the exit code is 0
 */
public record ExecResult(int exitCode, String output, Path logPath, boolean passed) {}
