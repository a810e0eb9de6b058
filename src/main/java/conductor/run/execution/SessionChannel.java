package conductor.run.execution;

import conductor.effect.Entered;
import conductor.effect.Program;
import conductor.handlers.people.InputLines;
import conductor.script.Session;
import conductor.script.SessionProgram;
import conductor.workflow.CannotStart;
import conductor.workflow.KeptLibrary;
import conductor.workflow.Language;
import conductor.workflow.Pinned;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Connects a running session with its user interface: takes entries, and passes on their outcomes.
 */
public final class SessionChannel implements SessionProgram.Dialogue {

  private final Session session;
  private final Optional<Entered> script;
  private final boolean opened;
  private final InputLines lines = new InputLines();
  private volatile SessionProgram.@Nullable Dialogue dialogue;

  private SessionChannel(Session session, Optional<Entered> script, boolean opened) {
    this.session = session;
    this.script = script;
    this.opened = opened;
  }

  /**
   * Creates the prompt of a session that was prepared.
   *
   * @param source the directory of what the run keeps of its start
   * @param writing whether the run's directory may be written to
   */
  static SessionChannel of(
      Scripts scripts, Path source, Pinned pinned, PinnedSession kind, boolean writing) {
    Path file = pinned.project().resolve(pinned.file());
    var library = new KeptLibrary(Pinned.lib(source), scripts.library(file).roots(), writing);
    List<Path> effects = Pinned.library(source).effects();
    String script = pinned.script(source);
    Language spoken =
        Language.spelt(kind.language())
            .orElseThrow(() ->
                new CannotStart("no session speaks " + kind.language() + ", only groovy and java"));
    return new SessionChannel(
        spoken.session(library, effects, pinned.params(), pinned.issue()),
        script.isBlank() ? Optional.empty() : Optional.of(new Entered(script, pinned.file())),
        kind.isOpened());
  }

  /** Returns what is entered first in a new session; empty when it begins with nothing. */
  public Optional<Entered> beginning() {
    return opened ? Optional.empty() : script;
  }

  /** Returns the session as a program. */
  Program program() {
    return new SessionProgram(session, this, opened ? script.orElse(null) : null);
  }

  public Session session() {
    return session;
  }

  /** Returns the queue through which entries reach the session. */
  public InputLines lines() {
    return lines;
  }

  /** Sets the receiver of the entries' outcomes from now on. */
  public void tell(SessionProgram.Dialogue dialogue) {
    this.dialogue = dialogue;
  }

  @Override
  public void value(Entered entered, @Nullable Object value) {
    Optional.ofNullable(dialogue).ifPresent(to -> to.value(entered, value));
  }

  @Override
  public void failed(Entered entered, String told, Throwable error) {
    Optional.ofNullable(dialogue).ifPresent(to -> to.failed(entered, told, error));
  }

  @Override
  public void interrupted(Entered entered) {
    Optional.ofNullable(dialogue).ifPresent(to -> to.interrupted(entered));
  }
}
