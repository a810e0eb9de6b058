package conductor.handlers.agent;

import conductor.effect.AgentStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a driver tells of a conversation: kept as the agent's status, and told to all who watch.
 * Safe for use by several threads.
 */
final class Watched implements Driver.Progress {

  private final AgentStatusFile standing;
  private final Runnable changed;
  private final List<Driver.Progress> watchers = new CopyOnWriteArrayList<>();

  /**
   * @param changed called when the agent stands somewhere else
   */
  Watched(AgentStatusFile standing, Runnable changed) {
    this.standing = standing;
    this.changed = changed;
  }

  void add(Driver.Progress watcher) {
    watchers.add(watcher);
  }

  void remove(Driver.Progress watcher) {
    watchers.remove(watcher);
  }

  @Override
  public void boots() {
    is(AgentStatus.BOOTING, "");
    watchers.forEach(Driver.Progress::boots);
  }

  @Override
  public void works() {
    is(AgentStatus.RUNNING, "");
    watchers.forEach(Driver.Progress::works);
  }

  @Override
  public void goesOn() {
    watchers.forEach(Driver.Progress::goesOn);
  }

  @Override
  public void waits(String why, boolean person) {
    if (why.equals(standing.record().why())) {
      return;
    }
    is(person ? AgentStatus.BLOCKED : standing.record().status(), why);
    watchers.forEach(watcher -> watcher.waits(why, person));
  }

  private void is(AgentStatus status, String why) {
    standing.is(status, why);
    changed.run();
  }
}
