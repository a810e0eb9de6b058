package conductor.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests on a fake GitHub work on. */
abstract class GitHubMachine {

  @TempDir Path temp;
  OnGitHub github;
  Project project;

  @BeforeEach
  void beginGitHub() throws Exception {
    github = new OnGitHub(temp);
    project = github.project;
  }

  @AfterEach
  void endGitHub() {
    github.close();
  }
}
