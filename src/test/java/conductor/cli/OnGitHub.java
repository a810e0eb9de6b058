package conductor.cli;

import conductor.forge.github.FakeGitHub;
import conductor.forge.github.FakeRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A user's machine whose repository is {@code me/it} on a fake GitHub. */
final class OnGitHub implements AutoCloseable {

  final FakeGitHub fake;
  final FakeRepository repository;
  final Project project;
  final Path bare;

  OnGitHub(Path root) throws Exception {
    this(root, new FakeGitHub(root.resolve("github")));
  }

  OnGitHub(Path root, FakeGitHub fake) throws Exception {
    this.fake = fake;
    project = Project.withOrigin(root);
    bare = fake.bare("me", "it");
    Files.createDirectories(bare.getParent());
    project.sh(
        """
        git clone -q --bare origin.git %1$s
        git -C %1$s config http.receivepack true
        git -C repo remote set-url origin %2$s/me/it.git
        """
            .formatted(bare, fake.url()));
    repository = fake.repository("me", "it");
    project.environment.put("GITHUB_TOKEN", FakeGitHub.TOKEN);
    agent("cat > $(cat >/dev/null; echo done.txt) </dev/null; echo ran >> $LEDGER; echo done");
  }

  /**
   * Makes a shell script the default agent; it gets the prompt and may write to {@code $LEDGER}.
   */
  OnGitHub agent(String script) throws IOException {
    Path file = Files.writeString(project.root.resolve("agent.sh"), script);
    project.configure(
        """
        forge: {type: github, url: '%s'}
        agent: mine
        agents:
          mine:
            command: ["sh", "%s"]
            pass_env: [LEDGER]
        """
            .formatted(fake.url(), file));
    return this;
  }

  /** Writes an issue as a file. */
  String issue() throws IOException {
    return project.file("issue.md", "# Do it\n\nPlease.\n").toString();
  }

  /** What the only pull request's branch holds at GitHub. */
  String files() throws Exception {
    return project.sh(
        "git -C %1$s ls-tree --name-only $(git -C %1$s for-each-ref --format='%%(refname)' refs/heads/conductor)"
            .formatted(bare));
  }

  @Override
  public void close() {
    fake.close();
  }
}
