package conductor.cli;

import conductor.process.Strays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A project in which a template runs with agents that are shell scripts. Agents, git's hooks and
 * {@code worktree.setup} each write a line to a ledger; calls of git go through a {@link GitShim}.
 */
final class CrashScene {

  private static final String AGENT =
      """
      cat > /dev/null
      echo "agent $CONDUCTOR_AGENT" >> $LEDGER
      echo $CONDUCTOR_AGENT > $CONDUCTOR_AGENT.txt
      echo done
      """;

  /** One of them is slow: it ends two seconds after the next runner has begun to call git. */
  private static final String HOOK =
      """
      #!/bin/sh
      echo "$(basename "$0") $(basename "$PWD")" >> "$LEDGER"
      if mv '@SHIM@/slow' '@SHIM@/begun' 2> /dev/null; then
        read -r call < '@SHIM@/begun'
        tries=0
        while read -r now < '@SHIM@/count' && [ "$now" -le "$call" ] && [ "$tries" -lt 100 ]; do
          sleep 0.1
          tries=$((tries + 1))
        done
        sleep 2
      fi
      """;

  private static final int LIMIT_SECONDS = 180;

  private final List<String> run;

  final Project project;
  final GitShim shim;

  CrashScene(Path root, String template) throws Exception {
    this.project = Project.withOrigin(root);
    this.shim = new GitShim(root.resolve("shim"));
    Path agent = project.file("agent.sh", AGENT);
    Path setup = project.file("setup.sh", "echo \"setup $(basename \"$PWD\")\" >> $LEDGER\n");
    project.configure(
        """
        agent: mine
        agents:
          mine: {command: ["sh", "%s"], pass_env: [LEDGER], env: {PATH: "%s"}}
        caps: {agents: 2}
        worktree: {setup: ["sh", "%s"]}
        """
            .formatted(agent, System.getenv("PATH"), setup));
    for (String hook : List.of("pre-commit", "post-checkout", "pre-push")) {
      GitShim.write(
          project.repo.resolve(".git/hooks").resolve(hook),
          HOOK.replace("@SHIM@", shim.here().toString()));
    }
    Path issue = project.file("issue.md", "# All of it\n\nDo it.\n");
    this.run =
        template.equals("multi_agent")
            ? List.of(
                "run",
                template,
                "--issue",
                issue.toString(),
                "--param",
                "test_command=test -e fix-1.txt")
            : List.of("run", template, "--issue", issue.toString());
  }

  /** Runs the template to its end, or to where the shim has it killed. */
  int run() throws Exception {
    return call(run);
  }

  /** Goes on with the run once; one that had not begun is begun. */
  int resume() throws Exception {
    Optional<String> run = runId();
    return call(run.isPresent() ? List.of("resume", run.get()) : this.run);
  }

  /** The only run, if one was begun. */
  Optional<String> runId() {
    JsonNode runs = project.conductor("ps", "--json").json();
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(0).path("id").asString());
  }

  /** How the run stands. */
  String status() {
    JsonNode runs = project.conductor("ps", "--json").json();
    return runs.valueStream()
        .map(run -> run.path("status").asString())
        .collect(Collectors.joining(" "));
  }

  /** What conductor said on standard error, all processes one after the other. */
  String said() throws IOException {
    return Files.readString(project.root.resolve("err"));
  }

  private int call(List<String> arguments) throws Exception {
    var words =
        new ArrayList<String>(
            List.of("sh", "-c", "echo $$ > \"$0\"; exec \"$@\"", shim.runner().toString()));
    words.addAll(
        PackagedConductor.made()
            .words(Files.createDirectories(project.root.resolve("tmp")), arguments));
    var builder = new ProcessBuilder(words).directory(project.repo.toFile());
    builder.environment().clear();
    builder.environment().putAll(project.environment);
    builder.environment().put("PATH", shim.bin() + ":" + System.getenv("PATH"));
    Process process =
        builder
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(project.root.resolve("out").toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(project.root.resolve("err").toFile()))
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("'%s' did not end: %s".formatted(arguments, said()));
    }
    return process.exitValue();
  }

  /** Ends what still runs. */
  void close() {
    Strays.below(project.state.root())
        .forEach(stray -> ProcessHandle.of(stray.pid()).ifPresent(ProcessHandle::destroyForcibly));
  }
}
