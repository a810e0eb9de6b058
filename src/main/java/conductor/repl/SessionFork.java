package conductor.repl;

import conductor.run.execution.Conductor;
import conductor.state.RunDirectory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fork of a session that is executed, as it is when it waits for its next line. */
public final class SessionFork implements LiveSession.Fork {

  private final Conductor conductor;
  private final RunDirectory run;
  private volatile @Nullable RunDirectory made;

  public SessionFork(Conductor conductor, RunDirectory run) {
    this.conductor = conductor;
    this.run = run;
  }

  @Override
  public void make() throws InterruptedException {
    if (made == null) {
      made = conductor.forkSession(run);
    }
  }

  @Override
  public Optional<RunDirectory> made() {
    return Optional.ofNullable(made);
  }
}
