package conductor.cli.view;

import conductor.cli.Console;
import conductor.effect.AgentUsage;
import conductor.handlers.agent.AgentStatusFile;
import conductor.handlers.agent.Outputs;
import conductor.journal.Entry;
import conductor.journal.Note;
import conductor.journal.Position;
import conductor.run.record.AgentRecords;
import conductor.run.record.Amounts;
import conductor.run.record.EffectOutputs;
import conductor.run.record.EffectView;
import conductor.run.record.GateList;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats a run as a tree of branches and effects, in lines cut to the screen's width. */
public final class Tree {

  private final Console console;
  private final Screen screen;

  public Tree(Console console, Screen screen) {
    this.console = console;
    this.screen = screen;
  }

  /** Returns the run's id, status, name and duration, and its last {@code Status}. */
  public List<String> head(RunMeta meta, RunView view, Instant now) {
    var lines = new ArrayList<String>();
    String took = Amounts.took(Duration.between(meta.created(), meta.until(now)));
    String head = "%s  %s  %s  %s".formatted(meta.id(), meta.status().text(), meta.name(), took);
    lines.add(screen.cut(head));
    if (!view.line().isEmpty()) {
      lines.add(console.bold(screen.cut("== " + view.line())));
    }
    return lines;
  }

  /**
   * Returns branches and effects; running ones with their calls in scripts, last note, and the last
   * line of their commands.
   */
  public List<String> effects(RunDirectory run, RunView view, Instant now) {
    return effects(run, view, view.effects(), now);
  }

  /** Returns those that are running and wait for no branches of their own. */
  public List<String> running(RunDirectory run, RunView view, Instant now) {
    return effects(
        run,
        view,
        view.effects().stream()
            .filter(effect -> effect.running() && effect.branches().isEmpty())
            .toList(),
        now);
  }

  /**
   * Returns some of the branches and effects, as {@link #effects(RunDirectory, RunView, Instant)}
   * returns all.
   */
  public List<String> effects(
      RunDirectory run, RunView view, List<EffectView> effects, Instant now) {
    var lines = new ArrayList<String>();
    String branch = "";
    List<Entry> running = running(view, effects);
    for (EffectView effect : effects) {
      if (!effect.branch().equals(branch) && effect.depth() > 0) {
        lines.add(screen.cut("  ".repeat(effect.depth()) + effect.key() + ":"));
      }
      branch = effect.branch();
      String indent = "  ".repeat(effect.depth() + 1);
      lines.add(painted(effect, screen.cut(indent + text(effect, now))));
      if (effect.running() && !effect.calls().isEmpty()) {
        lines.add(console.dim(screen.cut(indent + "  at " + String.join(" ‹ ", effect.calls()))));
      }
      notes(effect).forEach(note -> lines.add(console.dim(screen.cut(indent + "  · " + note))));
      String said = effect.running() ? lastLine(run, running, effect) : "";
      if (!said.isEmpty()) {
        lines.add(console.dim(screen.cut(indent + "  │ " + said)));
      }
    }
    return lines;
  }

  /** Returns the last note of an effect that runs, else what people said of their answers to it. */
  private static List<String> notes(EffectView effect) {
    List<String> notes = effect.notes();
    return effect.running()
        ? notes.subList(Math.max(0, notes.size() - 1), notes.size())
        : notes.stream().filter(note -> Note.of(note) instanceof Note.Answered).toList();
  }

  /** Returns what running effects asked for: a few of all entries, which are read once for all. */
  private static List<Entry> running(RunView view, List<EffectView> effects) {
    Set<Position> running =
        effects.stream()
            .filter(EffectView::running)
            .map(effect -> new Position(effect.position()))
            .collect(Collectors.toSet());
    return running.isEmpty()
        ? List.of()
        : view.entries().stream()
            .filter(entry ->
                entry instanceof Entry.Asked asked && running.contains(asked.position().effect()))
            .toList();
  }

  /** Returns the agents, each with its status and last line of output. */
  public List<String> agents(RunDirectory run, RunMeta meta, Instant now) {
    var lines = new ArrayList<String>();
    for (Map<String, Object> agent :
        meta.status() == RunStatus.INTERRUPTED ? AgentRecords.atRest(run) : AgentRecords.of(run)) {
      String name = String.valueOf(agent.get("name"));
      String status = String.valueOf(agent.get("status"));
      boolean over = AgentRecords.isOver(agent);
      String took =
          over
              ? ""
              : "  " + Amounts.took(Duration.between(Instant.parse(agent.get("since") + ""), now));
      String line =
          screen.cut(
              "agent %s  %s%s  %s"
                  .formatted(name, status, took, Outputs.lastSaid(run.agent(name))));
      lines.add(over ? console.dim(line) : line);
    }
    return lines;
  }

  /** Returns what agents used so far, and the questions that the run waits for. */
  public List<String> foot(RunDirectory run, RunMeta meta) {
    var lines = new ArrayList<String>();
    AgentUsage used = AgentStatusFile.used(run.agents());
    if (used.inputTokens() + used.outputTokens() > 0) {
      String cost = cost(used.costUsd());
      String tokens =
          "used %d tokens in, %d out".formatted(used.inputTokens(), used.outputTokens());
      lines.add(screen.cut(tokens + cost));
    }
    GateList.of(run, meta)
        .forEach(gate -> lines.add(console.yellow(screen.cut("? " + GateList.line(gate)))));
    return lines;
  }

  private static String cost(@Nullable Double dollars) {
    return dollars == null ? "" : ", " + Amounts.dollars(dollars);
  }

  /** Agents have lines of their own. */
  private static String lastLine(RunDirectory run, List<Entry> running, EffectView effect) {
    if (!effect.branches().isEmpty()) {
      return "";
    }
    try {
      return Outputs.lastLine(
          EffectOutputs.of(run, running, new Position(effect.position())).stream()
              .map(Outputs.Part::file)
              .filter(file -> !file.startsWith(run.agents()))
              .toList());
    } catch (UncheckedIOException e) {
      return ""; // a directory is just being created
    }
  }

  private static String text(EffectView effect, Instant now) {
    String mark =
        switch (effect.status()) {
          case "done" -> effect.complains() ? "!" : "✓";
          case "error" -> "✗";
          case "cancelled" -> "-";
          default -> "→";
        };
    String reply =
        effect.reply() == null || effect.reply().isEmpty() ? effect.summary() : effect.reply();
    return "%s %s %s  %s  %s"
        .formatted(
            mark, effect.position(), effect.effect(), Amounts.took(effect.elapsed(now)), reply);
  }

  private String painted(EffectView effect, String line) {
    return switch (effect.status()) {
      case "done" -> effect.complains() ? console.yellow(line) : console.green(line);
      case "error" -> console.red(line);
      case "cancelled" -> console.dim(line);
      default -> console.bold(line);
    };
  }
}
