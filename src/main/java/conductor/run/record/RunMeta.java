package conductor.run.record;

import conductor.effect.PRHandle;
import conductor.effect.WorktreeEnv;
import conductor.state.RunDirectory;
import conductor.workflow.Pinned;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The description and status of a run, for commands that show it; derived from the journal by the
 * run's owner.
 *
 * @param v the format
 * @param name the workflow's name
 * @param template the template's name; null for a file
 * @param file the workflow's file as the user gave it
 * @param project the directory it was started in
 * @param line its last {@code Status}, with how much is done before it; null when there was none
 * @param progress how much its last {@code Status} said is done; null when it said nothing of it
 * @param agents the names of its agents
 * @param prUrl the URL of its last pull request; null when there was none
 * @param error why it failed, in one or more lines; null when it did not
 * @param result the result as JSON or text; null when there is none
 * @param parent the run that started this one; null when a person did
 * @param label the name that a person gave it; null without one
 */
public record RunMeta(
    int v,
    String id,
    String name,
    @Nullable String template,
    String file,
    Path project,
    RunStatus status,
    @Nullable String line,
    StatusLine.@Nullable Progress progress,
    @Nullable IssueRef issue,
    Map<String, @Nullable Object> params,
    Instant created,
    Instant updated,
    List<WorktreeEnv> envs,
    List<String> agents,
    @Nullable String prUrl,
    @Nullable String error,
    @Nullable Object result,
    @Nullable String parent,
    @Nullable String label) {

  public static final int FORMAT = 1;

  public record IssueRef(String id, String title) {}

  public RunMeta {
    Objects.requireNonNull(params, "params is missing");
    Objects.requireNonNull(envs, "envs is missing");
    Objects.requireNonNull(agents, "agents is missing");
    params = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(params));
    envs = List.copyOf(envs);
    agents = List.copyOf(agents);
  }

  /** Returns when it ended, or now. */
  public Instant until(Instant now) {
    return status.ended() ? updated : now;
  }

  /** Returns what is known of a run before its journal is read. */
  public static RunMeta begun(
      RunDirectory run, Pinned pinned, @Nullable String label, Instant created) {
    return new RunMeta(
        FORMAT,
        run.id(),
        pinned.name(),
        pinned.template(),
        pinned.file(),
        pinned.project(),
        RunStatus.PENDING,
        null,
        null,
        pinned.issue() == null ? null : new IssueRef(pinned.issue().id(), pinned.issue().title()),
        pinned.params(),
        created,
        created,
        List.of(),
        List.of(),
        null,
        null,
        null,
        pinned.parent(),
        label);
  }

  public RunMeta withStatus(RunStatus status, Instant at) {
    return new RunMeta(
        v, id, name, template, file, project, status, line, progress, issue, params, created, at,
        envs, agents, prUrl, error, result, parent, label);
  }

  /** Returns a copy with other parameters. */
  public RunMeta withParams(Map<String, @Nullable Object> params) {
    return new RunMeta(
        v, id, name, template, file, project, status, line, progress, issue, params, created,
        updated, envs, agents, prUrl, error, result, parent, label);
  }

  RunMeta withAgents(List<String> agents, Instant at) {
    return new RunMeta(
        v, id, name, template, file, project, status, line, progress, issue, params, created, at,
        envs, agents, prUrl, error, result, parent, label);
  }

  RunMeta withLine(StatusLine said, Instant at) {
    return new RunMeta(
        v,
        id,
        name,
        template,
        file,
        project,
        status,
        said.line(),
        said.progress(),
        issue,
        params,
        created,
        at,
        envs,
        agents,
        prUrl,
        error,
        result,
        parent,
        label);
  }

  RunMeta withEnd(RunStatus status, @Nullable String error, @Nullable Object result, Instant at) {
    return new RunMeta(
        v, id, name, template, file, project, status, line, progress, issue, params, created, at,
        envs, agents, prUrl, error, result, parent, label);
  }

  /** Returns a copy with one more worktree, in place of its like, or pull request. */
  RunMeta with(Object made, Instant at) {
    List<WorktreeEnv> newEnvs = made instanceof WorktreeEnv env ? added(envs, env) : envs;
    String newUrl = made instanceof PRHandle pr ? pr.url() : prUrl;
    return new RunMeta(
        v, id, name, template, file, project, status, line, progress, issue, params, created, at,
        newEnvs, agents, newUrl, error, result, parent, label);
  }

  RunMeta without(WorktreeEnv env, Instant at) {
    List<WorktreeEnv> left = envs.stream().filter(other -> !other.id().equals(env.id())).toList();
    return new RunMeta(
        v, id, name, template, file, project, status, line, progress, issue, params, created, at,
        left, agents, prUrl, error, result, parent, label);
  }

  private static <H extends conductor.effect.Handle> List<H> added(List<H> handles, H handle) {
    return Stream.concat(
            handles.stream().filter(other -> !Objects.equals(other.identity(), handle.identity())),
            Stream.of(handle))
        .toList();
  }
}
