package conductor.cli.view;

import conductor.cli.Console;
import conductor.engine.RunListener;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import conductor.run.record.Amounts;
import conductor.run.record.EffectView;
import conductor.run.record.RunView;
import java.time.Instant;
import java.util.List;

/** Prints a line when an effect starts and when it ends. */
public final class Progress implements RunListener {

  private final Console console;
  private final RunView view;

  /** Creates the printer, from the journal's entries when the run was taken. */
  public Progress(Console console, List<Entry> before) {
    this.console = console;
    this.view = RunView.of(before);
  }

  @Override
  public void appended(Entry entry) {
    view.add(entry);
    switch (entry) {
      case Entry.Asked asked when asked.effect().equals("Status") ->
          console.say(console.bold("== " + view.line()));
      case Entry.Asked asked when !asked.position().isStep() ->
          begun(asked.effect(), asked.position());
      case Entry.Branched branched -> begun(branched.control(), branched.position());
      case Entry.Replied reply when !reply.position().isStep() -> replied(reply);
      case Entry.Parked parked ->
          view.effect(parked.position())
              .ifPresent(
                  effect -> line(console.yellow("?"), effect, String.valueOf(effect.reply())));
      case Entry.Noted noted -> console.say("  · " + noted.position() + "  " + noted.note().text());
      case Entry.Stopped stopped -> console.say(console.yellow("stopping: " + stopped.reason()));
      default -> {}
    }
  }

  private void begun(String name, Position position) {
    if (!isMinor(name)) {
      view.effect(position).ifPresent(effect -> line("→", effect, effect.summary()));
    }
  }

  private void replied(Entry.Replied reply) {
    view.effect(reply.position())
        .filter(effect -> !isMinor(effect.effect()) && !effect.effect().equals("Status"))
        .ifPresent(effect -> {
          String mark =
              switch (reply.outcome()) {
                case Outcome.Value _ ->
                    effect.complains() ? console.yellow("!") : console.green("✓");
                case Outcome.Failed _ -> console.red("✗");
                case Outcome.Cancelled _ -> console.yellow("-");
              };
          String took = Amounts.took(effect.elapsed(Instant.now()));
          String text = effect.reply() == null ? "" : effect.reply();
          line(mark, effect, console.dim(took) + (text.isEmpty() ? "" : "  " + text));
        });
  }

  private void line(String mark, EffectView effect, String text) {
    console.say("%s %-10s %s  %s".formatted(mark, effect.position(), effect.effect(), text));
  }

  @Override
  public void busy(String where) {
    console.warn(console.yellow("busy: ") + where);
  }

  @Override
  public void warned(String text) {
    console.warn(console.yellow("warning: ") + text);
  }

  private static boolean isMinor(String effect) {
    return EffectView.isMinor(effect) || effect.equals("Line");
  }
}
