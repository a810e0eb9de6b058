package conductor.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The program that a job runs.
 *
 * @param words the program and its arguments
 * @param directory the directory that it runs in
 * @param environment all of its variables; {@code CONDUCTOR_JOB} is added
 * @param merged whether standard error goes where standard output goes
 */
public record JobSpec(
    List<String> words, Path directory, Map<String, String> environment, boolean merged) {

  public JobSpec {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }
}
