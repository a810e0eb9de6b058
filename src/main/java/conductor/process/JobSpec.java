package conductor.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a job runs.
 *
 * @param words the program and its arguments
 * @param directory where it runs
 * @param environment all of it; {@code CONDUCTOR_JOB} is added
 * @param merged whether standard error goes where standard output goes
 */
public record JobSpec(
    List<String> words, Path directory, Map<String, String> environment, boolean merged) {

  public JobSpec {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }
}
