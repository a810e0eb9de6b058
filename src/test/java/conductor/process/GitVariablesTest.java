package conductor.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitVariablesTest {

  @TempDir Path directory;

  @Test
  void dropsEveryVariableThatGitCallsLocalToARepository() throws InterruptedException {
    var local = new TreeMap<String, String>();
    git("rev-parse", "--local-env-vars").lines().forEach(name -> local.put(name, "x"));

    assertThat(local).containsKeys("GIT_DIR", "GIT_INDEX_FILE");
    assertThat(GitVariables.withoutRepository(local).keySet())
        .allSatisfy(name -> assertThat(name).startsWith("GIT_CONFIG_"));
  }

  @Test
  void dropsWhatChangesHowPathsNamesAndDifferencesAreRead() {
    assertThat(
            GitVariables.withoutRepository(
                Map.of(
                    "GIT_NAMESPACE", "x",
                    "GIT_QUARANTINE_PATH", "x",
                    "GIT_LITERAL_PATHSPECS", "1",
                    "GIT_GLOB_PATHSPECS", "1",
                    "GIT_NOGLOB_PATHSPECS", "1",
                    "GIT_ICASE_PATHSPECS", "1",
                    "GIT_EXTERNAL_DIFF", "x",
                    "GIT_DIFF_OPTS", "x")))
        .isEmpty();
  }

  @Test
  void keepsIdentityConfigurationAndConnection() {
    var kept =
        Map.of(
            "PATH", "/bin",
            "EMAIL", "a@example.com",
            "GIT_AUTHOR_NAME", "A",
            "GIT_COMMITTER_EMAIL", "a@example.com",
            "GIT_CONFIG_GLOBAL", "/etc/mine",
            "GIT_CONFIG_COUNT", "1",
            "GIT_CONFIG_KEY_0", "user.name",
            "GIT_CONFIG_VALUE_0", "A",
            "GIT_CONFIG_PARAMETERS", "'a.b=c'",
            "GIT_SSH_COMMAND", "ssh -4");

    assertThat(GitVariables.withoutRepository(kept)).isEqualTo(kept);
  }

  private String git(String... arguments) throws InterruptedException {
    var words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(arguments));
    return new Command(words, directory, System.getenv(), "", Duration.ofSeconds(10)).run().out();
  }
}
