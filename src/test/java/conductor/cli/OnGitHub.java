package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.FakeGitHub;
import conductor.handlers.forge.github.FakeRepository;
import conductor.handlers.forge.github.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

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
        forge: {type: github, url: '%s', settle: 1s}
        agent: mine
        agents:
          mine:
            command: ["sh", "%s"]
            pass_env: [LEDGER]
        """
            .formatted(fake.url(), file));
    return this;
  }

  /** How long no check may have changed before no further one is expected. */
  OnGitHub settling(String time) throws IOException {
    Files.writeString(
        config(), Files.readString(config()).replaceAll("settle: \\w+", "settle: " + time));
    return this;
  }

  private Path config() {
    return project.root.resolve("home/.config/doeff-conductor/config.yaml");
  }

  /** The token is no longer in a variable: a command prints it from this file. */
  Path tokenFromCommand() throws IOException {
    project.environment.remove("GITHUB_TOKEN");
    Path token = project.file("token", FakeGitHub.TOKEN + "\n");
    Files.writeString(
        config(),
        Files.readString(config())
            .replace("type: github,", "type: github, token_command: 'cat %s',".formatted(token)));
    return token;
  }

  /** Writes an issue as a file. */
  String issue() throws IOException {
    return issue("Please.");
  }

  /** Writes an issue with a text as a file. */
  String issue(String body) throws IOException {
    return project.file("issue.md", "# Do it\n\n%s\n".formatted(body)).toString();
  }

  /** What runs a template on an issue, and has it follow its pull request. */
  String[] following(String template) throws IOException {
    return following(template, issue());
  }

  /** The same for an issue's file. */
  String[] following(String template, String issue) {
    var words =
        new ArrayList<>(List.of("run", template, "--issue", issue, "--param", "follow=true"));
    if (template.equals("enforced_pr")) {
      words.addAll(List.of("--param", "test_command=test -e a.txt"));
    }
    return words.toArray(String[]::new);
  }

  /** Calls conductor, and kills it when a request has done its work and has no answer yet. */
  void killedAt(String request, String... words) throws Exception {
    var happened = new CountDownLatch(1);
    fake.plan(request, new Fault.Held(happened));
    Process process = project.start(words);
    try {
      while (!happened.await(100, TimeUnit.MILLISECONDS)) {
        assertThat(process.isAlive()).as(log()).isTrue();
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  /** Waits until something stands, while a conductor lives. */
  void await(Process process, BooleanSupplier stands) throws Exception {
    fake.await(() -> stands.getAsBoolean() || !process.isAlive());
    assertThat(stands.getAsBoolean()).as(log()).isTrue();
  }

  /** What the started conductors told the user. */
  String log() throws IOException {
    return Files.readString(project.root.resolve("err"));
  }

  /** Opens a pull request of a new branch with one file more, as a person does. */
  void proposed(String branch) throws Exception {
    project.sh(
        project.repo,
        """
        git switch -q -c %1$s
        echo a > a.txt
        git add a.txt
        git commit -q -m 'Add a'
        git push -q %2$s %1$s
        git switch -q main
        git branch -q -D %1$s
        """
            .formatted(branch, bare));
    repository.proposed(branch, "main", "Add a");
  }

  /** How many lines a file has in a commit at GitHub; 0 when it is not there. */
  int lines(String commit, String file) {
    try {
      String show = "git -C %s show %s:%s 2>/dev/null || true".formatted(bare, commit, file);
      return (int) project.sh(show).lines().count();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
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
