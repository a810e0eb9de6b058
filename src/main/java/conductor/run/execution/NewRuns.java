package conductor.run.execution;

import conductor.effect.AgentFailure;
import conductor.effect.ForgeEffect;
import conductor.effect.ForgeFailure;
import conductor.handlers.agent.AgentCatalog;
import conductor.run.record.BadRunName;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import conductor.script.Finding;
import conductor.script.Library;
import conductor.script.Workflow;
import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import conductor.workflow.CannotStart;
import conductor.workflow.Pinned;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks requests to start runs, and creates the directories of new runs. */
record NewRuns(Host host, Scripts scripts, RunStore store) {

  /** Checks a request and creates the directory of its run. */
  RunDirectory prepare(RunRequest launch, Consumer<Finding> warnings) throws InterruptedException {
    host.trust().require();
    Scripts.Found found =
        launch
            .script()
            .map(text -> scripts.given(text, launch.project()))
            .orElseGet(() -> scripts.find(launch.workflow(), launch.project()));
    Workflow workflow = scripts.compile(found);
    workflow.warnings().forEach(warnings);
    Map<String, @Nullable Object> params = workflow.info().check(params(workflow, launch));
    found.mustHaveIssue(workflow, launch.issue().isPresent());
    String agent = agent(workflow, params);
    askForge(workflow, launch.project());
    var pinned =
        new Pinned(
            Pinned.FORMAT,
            found.name(),
            found.template(),
            found.shown(),
            launch.project().toAbsolutePath().normalize(),
            agent,
            params,
            launch.issue().orElse(null),
            launch.parent().orElse(null));
    return written(
        pinned, found.text(), workflow.loaded(), scripts.library(found.file()), launch.label());
  }

  /**
   * Returns the parameters that a run starts with: where a person starts it, the configuration's in
   * place of those that are not given. A run that starts another says all itself.
   */
  Map<String, @Nullable Object> params(Workflow workflow, RunRequest launch) {
    var settings = new LinkedHashMap<String, String>();
    if (launch.parent().isEmpty()) {
      settings.putAll(host.configuration().texts("params"));
      if (AgentRoles.takenBy(workflow.info())) {
        settings.putAll(roles(host.agents(Optional.empty())).settings(launch.params()));
      }
    }
    return workflow.info().withSettings(settings, launch.params());
  }

  private AgentRoles roles(AgentCatalog agents) {
    return new AgentRoles(host.configuration(), agents, host.environment());
  }

  /** Creates the directory of a session's run; the session may begin with no workflow. */
  RunDirectory prepare(RunRequest launch, PinnedSession session) throws InterruptedException {
    RunDirectory run =
        launch.workflow().isEmpty() ? prepareEmpty(launch) : prepare(launch, _ -> {});
    session.write(run);
    return run;
  }

  private RunDirectory prepareEmpty(RunRequest launch) throws InterruptedException {
    host.trust().require();
    return written(
        new Pinned(
            Pinned.FORMAT,
            "repl",
            null,
            "repl",
            launch.project().toAbsolutePath().normalize(),
            host.configuration().text("agent").orElse(null),
            new LinkedHashMap<>(launch.params()),
            launch.issue().orElse(null),
            null),
        "",
        List.of(),
        scripts.library(launch.project().resolve("repl")),
        Optional.empty());
  }

  private RunDirectory written(
      Pinned pinned, String script, List<Path> loaded, Library library, Optional<String> label)
      throws InterruptedException {
    RunDirectory run =
        label.isEmpty()
            ? created(pinned, script, loaded, library, label)
            : host.locks()
                .locked(
                    store.names().lock(),
                    () -> {
                      requireFree(label.get());
                      return created(pinned, script, loaded, library, label);
                    });
    store.index();
    return run;
  }

  /** Refuses a name that means a run that lives or can be resumed. */
  private void requireFree(String name) {
    store
        .named(name)
        .map(store::meta)
        .filter(run -> run.status() != RunStatus.DONE && run.status() != RunStatus.ABORTED)
        .ifPresent(run -> {
          throw new BadRunName(
              "'%s' is the name of %s, which is %s; choose another name, or %s"
                  .formatted(
                      name,
                      run.id(),
                      run.status().text(),
                      run.status() == RunStatus.ERROR
                          ? "try again what failed with 'conductor resume %s'".formatted(name)
                          : "end it first with 'conductor stop %s'".formatted(name)));
        });
  }

  /** The name comes first: it means nothing as long as there is no run. */
  private RunDirectory created(
      Pinned pinned, String script, List<Path> loaded, Library library, Optional<String> label) {
    RunDirectory run = store.create(host.random());
    label.ifPresent(name -> store.names().give(name, run.id()));
    pinned.write(run.source(), script, loaded, library);
    RunMeta begun = RunMeta.begun(run, pinned, label.orElse(null), host.clock().instant());
    AtomicFile.write(run.meta(), StateJson.pretty(begun));
    return run;
  }

  /**
   * Checks the forge before an agent costs anything. A forge that does not answer now may do so
   * when it is needed.
   */
  private void askForge(Workflow workflow, Path project) throws InterruptedException {
    if (workflow.needs().effects().contains(ForgeEffect.CreatePR.class.getSimpleName())) {
      isForgeReady(project);
    }
  }

  /** Like {@link Conductor#isForgeReady}. */
  boolean isForgeReady(Path project) throws InterruptedException {
    try {
      host.forges()
          .of(
              host.forges().git(project),
              line -> {
                throw new NotNow();
              })
          .ready();
      return true;
    } catch (NotNow | ForgeFailure.ForgeUnreachable e) {
      return false;
    }
  }

  /** Thrown instead of waiting for the forge. */
  private static final class NotNow extends RuntimeException {
    NotNow() {
      super("not now", null, false, false);
    }
  }

  /** Returns the record that a run keeps when it continues with another script or parameters. */
  Pinned pinned(Workflow workflow, Pinned revised) {
    return revised.agent() == null
        ? revised.with(revised.file(), agent(workflow, revised.params()))
        : revised;
  }

  /**
   * Returns the default agent type; null when none is configured and the workflow needs none.
   *
   * @throws CannotStart when an agent that the workflow needs cannot be run
   */
  private @Nullable String agent(Workflow workflow, Map<String, @Nullable Object> params) {
    try {
      AgentCatalog agents = host.agents(Optional.empty());
      if (AgentRoles.takenBy(workflow.info())) {
        Optional<String> writer = roles(agents).check(params);
        agents = host.agents(agents.preferred().or(() -> writer));
      }
      workflow.needs().agentTypes().forEach(agents::settings);
      if (!workflow.needs().defaultAgent()) {
        return host.configuration().text("agent").orElse(null);
      }
      return agents.settings(agents.defaultType()).type();
    } catch (AgentFailure.AgentUnavailable e) {
      if (workflow.needs().handlesAgents()) {
        return host.configuration().text("agent").orElse(null);
      }
      throw new CannotStart(String.valueOf(e.getMessage()));
    }
  }
}
