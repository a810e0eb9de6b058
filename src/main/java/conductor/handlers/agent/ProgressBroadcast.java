package conductor.handlers.agent;

import conductor.effect.AgentStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Records the progress of a conversation as the agent's status and passes it on to all watchers.
 * Safe for use by several threads.
 */
final class ProgressBroadcast implements Driver.Progress {

  private final AgentStatusFile statusFile;
  private final Runnable changed;
  private final List<Driver.Progress> watchers = new CopyOnWriteArrayList<>();

  ProgressBroadcast(AgentStatusFile statusFile, Runnable changed) {
    this.statusFile = statusFile;
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
    if (why.equals(statusFile.why())) {
      return;
    }
    is(person ? AgentStatus.BLOCKED : statusFile.status(), why);
    watchers.forEach(watcher -> watcher.waits(why, person));
  }

  private void is(AgentStatus status, String why) {
    statusFile.is(status, why);
    changed.run();
  }
}
