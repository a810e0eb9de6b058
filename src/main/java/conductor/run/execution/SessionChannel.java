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
  private final Optional<Entered> beginning;
  private final InputLines lines = new InputLines();
  private volatile SessionProgram.@Nullable Dialogue dialogue;

  private SessionChannel(Session session, Optional<Entered> beginning) {
    this.session = session;
    this.beginning = beginning;
  }

  /**
   * Creates the prompt of a session that was prepared.
   *
   * @param source the directory of what the run keeps of its start
   * @param writing whether the run's directory may be written to
   */
  static SessionChannel of(
      Scripts scripts, Path source, Pinned pinned, String language, boolean writing) {
    Path file = pinned.project().resolve(pinned.file());
    var library = new KeptLibrary(Pinned.lib(source), scripts.library(file).roots(), writing);
    List<Path> effects = Pinned.library(source).effects();
    String script = pinned.script(source);
    Language spoken =
        Language.spelt(language)
            .orElseThrow(
                () -> new CannotStart("no session speaks " + language + ", only groovy and java"));
    return new SessionChannel(
        spoken.session(library, effects, pinned.params(), pinned.issue()),
        script.isBlank() ? Optional.empty() : Optional.of(new Entered(script, pinned.file())));
  }

  /** Returns the entry with which the session begins; empty when it begins with nothing. */
  public Optional<Entered> beginning() {
    return beginning;
  }

  /** Returns the session as a program; see {@link SessionProgram} for the parameters. */
  Program program(Optional<Entered> first, int leaves) {
    return new SessionProgram(session, this, first.orElse(null), leaves);
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
