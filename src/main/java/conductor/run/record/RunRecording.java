package conductor.run.record;

import conductor.effect.AgentEffect;
import conductor.effect.CommandEffect;
import conductor.effect.Effect;
import conductor.effect.Evidence;
import conductor.effect.ExecResult;
import conductor.effect.FileEffect;
import conductor.effect.ForgeEffect;
import conductor.effect.GitEffect;
import conductor.effect.Issue;
import conductor.effect.PeopleEffect;
import conductor.effect.RecordedEffect;
import conductor.effect.WorktreeEnv;
import conductor.engine.History;
import conductor.handlers.git.Git;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import conductor.journal.Redactor;
import conductor.scenario.Recording;
import conductor.scenario.Recording.Failed;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a recording of a run and its child runs: what agents, commands and people did, what forges
 * said, and what failed. Secrets are replaced. Reads the journal and the trees that were kept after
 * each effect, and needs the run's repository for these. An instance makes one recording.
 */
public final class RunRecording {

  private final RecordedFiles files;
  private final KeptTrees trees;
  private final Redactor secrets;
  private final List<Recording.Turn> turns = new ArrayList<>();
  private final List<Recording.Ran> commands = new ArrayList<>();
  private final List<Recording.Answer> answers = new ArrayList<>();
  private final List<Recording.Ended> effects = new ArrayList<>();
  private final Map<String, Integer> kinds = new HashMap<>();
  private final Map<String, Integer> lastTurns = new HashMap<>();

  /** Creates one, given git in some directory. */
  public RunRecording(Git git, Redactor secrets) {
    this.files = new RecordedFiles(git, secrets);
    this.trees = new KeptTrees(git);
    this.secrets = secrets;
  }

  /** Returns the recording of a run that worked on an issue, if one is given. */
  public Recording of(RunDirectory run, @Nullable Issue issue) throws InterruptedException {
    read(run);
    return new Recording(
        Recording.FORMAT,
        run.id(),
        issue == null ? null : told(issue),
        files.atFirst(),
        turns,
        commands,
        answers,
        effects,
        files.missing());
  }

  private Map<String, Object> told(Issue issue) {
    var told = new LinkedHashMap<String, Object>();
    told.put("title", secrets.redact(issue.title()));
    told.put("body", secrets.redact(issue.body()));
    told.put("labels", issue.labels());
    return told;
  }

  /** What is read of one run. */
  private record Source(Codec codec, KeptTrees.Steps kept, Map<Position, Outcome> ends) {}

  private void read(RunDirectory run) throws InterruptedException {
    RunView view = RunView.read(run.trace());
    List<Entry> entries = view.entries();
    History history = History.of(entries);
    var ends = new HashMap<Position, Outcome>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Replied reply && !reply.late() && history.stands(entry)) {
        ends.put(reply.position(), reply.outcome());
      }
    }
    var source =
        new Source(new Codec(new Blobs(run.blobs()), Redactor.none()), trees.of(run, view), ends);
    if (source.kept().all().isEmpty() && !NamedWorktrees.of(run, entries).isEmpty()) {
      files.miss("what %s changed in worktrees: git keeps nothing of it any more", run.id());
    }
    Map<String, RunDirectory> children = Children.of(run, entries);
    for (Entry entry : entries) {
      if (entry instanceof Entry.Asked asked
          && !asked.position().isStep()
          && history.stands(entry)) {
        add(source, asked);
        RunDirectory child = children.get(asked.position().text());
        if (child != null && Children.view(child).isPresent()) {
          read(child);
        } else if (child != null) {
          files.miss("the child run %s, which cannot be read", child.id());
        }
      }
    }
  }

  private void add(Source source, Entry.Asked asked) throws InterruptedException {
    int nth = kinds.merge(asked.effect(), 1, Integer::sum);
    Outcome end = source.ends().get(asked.position());
    if (end == null || end instanceof Outcome.Cancelled) {
      return; // nobody waited for it
    }
    Effect<?> effect =
        source
            .codec()
            .decodeEffect(
                asked.effect(), asked.resolved() == null ? asked.arguments() : asked.resolved());
    Object reply = end instanceof Outcome.Value(var value) ? source.codec().decode(value) : null;
    add(effect, new Done(source, asked.position().text(), nth, end, reply, failed(end)));
  }

  /**
   * How an effect ended.
   *
   * @param nth the how many-eth of its kind it was, from 1
   */
  private record Done(
      Source source,
      String at,
      int nth,
      Outcome end,
      @Nullable Object reply,
      @Nullable Failed failure) {}

  private void add(Effect<?> effect, Done done) throws InterruptedException {
    switch (effect) {
      case AgentEffect<?> agent -> agent(agent, done);
      case CommandEffect.Exec exec -> {
        ExecResult result =
            done.reply() instanceof ExecResult ended ? ended : checked(done.failure());
        ran(exec.command(), exec.dir(), exec.env(), result, done);
      }
      case GitEffect.Verify verify when verify.command() != null && done.failure() == null ->
          verified(verify, done);
      case FileEffect.ReadFile file -> files.read(file.env(), file.path());
      case PeopleEffect.Ask ask ->
          answers.add(
              new Recording.Answer(
                  secrets.redact(ask.prompt()),
                  done.reply() == null ? null : done.reply().toString()));
      case ForgeEffect.WaitForChecks _, ForgeEffect.WaitForReview _, RecordedEffect.Env _ ->
          ended(effect, done.nth(), parts(done.end()), done.failure());
      default -> failed(effect, done);
    }
  }

  private void failed(Effect<?> effect, Done done) {
    if (done.failure() != null) {
      ended(effect, done.nth(), null, done.failure());
    }
  }

  private void agent(AgentEffect<?> effect, Done done) throws InterruptedException {
    switch (effect) {
      case AgentEffect.RunAgent run -> {
        String name = Objects.requireNonNullElse(run.name(), "");
        turn(name, run.prompt(), run.env(), done.reply(), done);
      }
      case AgentEffect.SendMessage send ->
          turn(send.agentRef().name(), send.message(), null, done.reply(), done);
      case AgentEffect.SpawnAgent spawn -> {
        String name = Objects.requireNonNullElse(spawn.name(), "agent-" + done.at());
        turn(name, spawn.prompt(), null, "", done);
      }
      case AgentEffect.CaptureOutput capture -> said(capture.agentRef().name(), done.reply());
      case AgentEffect.WaitForStatus wait -> {
        changedMeanwhile(wait.agentRef().name(), done);
        failed(effect, done);
      }
      case AgentEffect.WaitForEvent wait -> {
        changedMeanwhile(wait.agentRef().name(), done);
        failed(effect, done);
      }
      case AgentEffect.ReadSession _,
          AgentEffect.ForkSession _,
          AgentEffect.Usage _,
          AgentEffect.StopAgent _ ->
          failed(effect, done);
    }
  }

  private void verified(GitEffect.Verify verify, Done done) throws InterruptedException {
    if (done.reply() instanceof Evidence seen && seen.command() != null) {
      CommandEffect.Command command = Objects.requireNonNull(verify.command());
      ran(command, verify.dir(), verify.env(), seen.command(), done);
    }
  }

  private void ended(Effect<?> effect, int nth, @Nullable Object reply, @Nullable Failed failure) {
    effects.add(new Recording.Ended(effect.kind(), nth, reply, failure));
  }

  private @Nullable Failed failed(Outcome end) {
    if (!(end instanceof Outcome.Failed(var node))) {
      return null;
    }
    String name = node.path("type").asString();
    return new Failed(name, JournalText.parts(node.path("data"), secrets));
  }

  /** Returns the parts of a reply that are no handles, which name what only that run has. */
  private @Nullable Object parts(Outcome end) {
    return end instanceof Outcome.Value(var value) ? JournalText.value(value, secrets) : null;
  }

  private void turn(
      String name, String prompt, @Nullable WorktreeEnv env, @Nullable Object reply, Done done)
      throws InterruptedException {
    List<KeptTrees.Step> steps =
        done.source().kept().at(done.at()).stream()
            .filter(step -> env == null || step.env().id().equals(env.id()))
            .toList();
    lastTurns.put(name, turns.size());
    turns.add(
        new Recording.Turn(
            name,
            secrets.redact(prompt),
            reply instanceof String text ? secrets.redact(text) : reply,
            done.failure(),
            files.changes(steps),
            files.committed(steps)));
  }

  /** Gives an agent that went on beside the script what it had said by then. */
  private void said(String agent, @Nullable Object reply) {
    Integer last = lastTurns.get(agent);
    if (last != null && reply instanceof String text) {
      Recording.Turn turn = turns.get(last);
      turns.set(
          last,
          new Recording.Turn(
              turn.name(),
              turn.prompt(),
              secrets.redact(text),
              turn.failure(),
              turn.changes(),
              turn.commit()));
    }
  }

  /** Gives an agent that went on beside the script what was changed while it was waited for. */
  private void changedMeanwhile(String agent, Done done) throws InterruptedException {
    Integer last = lastTurns.get(agent);
    if (last != null) {
      Recording.Turn turn = turns.get(last);
      var changes = new LinkedHashMap<String, @Nullable String>(turn.changes());
      changes.putAll(files.changes(done.source().kept().at(done.at())));
      turns.set(
          last,
          new Recording.Turn(
              turn.name(), turn.prompt(), turn.reply(), turn.failure(), changes, turn.commit()));
    }
  }

  /** Returns the result of a command that had to pass, by its failure; null for other failures. */
  private static @Nullable ExecResult checked(@Nullable Failed failure) {
    if (failure != null
        && failure.name().equals("ExecFailed")
        && failure.fields().get("exit_code") instanceof Number code) {
      String output = Objects.toString(failure.fields().get("output"), "");
      return new ExecResult(code.intValue(), output, Path.of(""), false);
    }
    return null;
  }

  private void ran(
      CommandEffect.Command command,
      @Nullable String dir,
      @Nullable WorktreeEnv env,
      @Nullable ExecResult result,
      Done done)
      throws InterruptedException {
    commands.add(
        new Recording.Ran(
            secrets.redact(command.text()),
            dir,
            result == null ? 0 : result.exitCode(),
            result == null ? "" : secrets.redact(result.output()),
            result == null ? done.failure() : null,
            env == null ? Map.of() : files.changes(done.source().kept().at(done.at()))));
  }
}
