package conductor.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds a command.
 *
 * @param directory where it was called
 * @param home where conductor is installed
 */
record Shell(Console console, Map<String, String> environment, Path directory, Path home) {}
