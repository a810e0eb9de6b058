package conductor.cli.command;

import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.effect.Issue;
import conductor.journal.Position;
import conductor.run.execution.Conductor;
import conductor.run.execution.RunRequest;
import conductor.state.RunDirectory;
import conductor.workflow.Language;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a session, in which a person enters code line by line; or opens a run for inspection. */
@Command(
    name = "repl",
    description =
        "Takes effects and code line by line, as a run of its own; or begins with a workflow, or opens a run to look into it.",
    footer = {
      "",
      "Examples:",
      "  conductor repl",
      "  conductor repl --lang java",
      "  conductor repl my_flow.groovy --param rounds=3",
      "  conductor repl wf-1a2b3c",
      "  conductor repl wf-1a2b3c --at 4.impl.2",
      "  echo 'yield Now()' | conductor repl"
    })
public final class ReplCommand extends Subcommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|RUN",
      description = "a workflow that is run first, or a run to look into")
  Optional<String> given = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "POSITION",
      description =
          "look into the run just before this effect, as 'show' prints it, not at its end")
  @Nullable String at;

  @Option(
      names = "--issue",
      paramLabel = "FILE|ID",
      description = "the issue to work on: a markdown file, or an id of the vault")
  @Nullable String issue;

  @Option(names = "--param", paramLabel = "NAME=VALUE", description = "one parameter; repeatable")
  Map<String, String> param = new LinkedHashMap<>();

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      description = "what lines are written in: groovy, the default, or java")
  Optional<Language> lang = Optional.empty();

  @Option(names = "--agent", paramLabel = "TYPE", description = "the default agent")
  @Nullable String agent;

  @Option(
      names = "--simulate",
      description = "perform nothing: effects are answered with typical values")
  boolean simulate;

  @Override
  public Integer call() throws InterruptedException {
    if (json) {
      throw new UsageError("repl talks to people and streams: it has no --json");
    }
    Optional<RunDirectory> run = given.filter(this::isRun).map(this::run);
    if (run.isPresent()) {
      refuseOptionsOfNewRuns();
      Conductor conductor = conductor(run.get());
      trust(conductor);
      return new Sessions(this, conductor)
          .open(run.get(), Optional.ofNullable(at).map(Position::new));
    }
    if (at != null) {
      throw new UsageError("--at is a place in a run: conductor repl RUN --at " + at);
    }
    Conductor conductor = conductor(agent == null ? Map.of() : Map.of("agent", agent));
    trust(conductor);
    Path directory = context().directory();
    Optional<Issue> found =
        Optional.ofNullable(issue).map(id -> LaunchOptions.local(conductor, directory, id));
    var launch = new RunRequest(given.orElse(""), param, found, directory, Optional.empty());
    RunDirectory begun = conductor.prepare(launch, PinnedSession.of(language(), simulate));
    return new Sessions(this, conductor).resume(begun);
  }

  /** Returns the language of the workflow, which no other may be given for, else Groovy. */
  private Language language() {
    if (given.isEmpty()) {
      return lang.orElse(Language.GROOVY);
    }
    var scripts = new Scripts(places());
    String file = scripts.find(given.get(), context().directory()).file().toString();
    Language language = Language.of(file);
    if (lang.isPresent() && lang.get() != language) {
      throw new UsageError(
          "%s is written in %s: leave --lang out, or name another file"
              .formatted(given.get(), language.spelt()));
    }
    return language;
  }

  /** Returns whether a run is meant, and no workflow of the same name. */
  private boolean isRun(String name) {
    return at != null
        || (!Files.isRegularFile(context().directory().resolve(name))
            && (name.startsWith("wf-") || isNamed(name)));
  }

  private boolean isNamed(String name) {
    return store().named(name).isPresent()
        && new Scripts(places()).templates().find(name).isEmpty();
  }

  private void refuseOptionsOfNewRuns() {
    if (simulate || issue != null || agent != null || lang.isPresent() || !param.isEmpty()) {
      throw new UsageError(
          "%s is a run, which goes on with what it began with: leave --lang, --param, --issue, --agent and --simulate out"
              .formatted(given.orElse("")));
    }
  }
}
