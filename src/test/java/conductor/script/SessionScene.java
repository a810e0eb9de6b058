package conductor.script;

import static org.assertj.core.api.Assertions.catchThrowable;

import conductor.effect.Entered;
import conductor.workflow.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A session into which tests enter texts, without a terminal and without an engine. */
public abstract class SessionScene {

  public final Recorder recorder = new Recorder();
  public final Session session;

  public SessionScene(Session session) {
    this.session = session;
  }

  @BeforeEach
  protected void performs() {
    session.by(recorder);
  }

  protected Object enter(String text) throws Throwable {
    return session.evaluate(new Entered(text, null));
  }

  /** What is said of a text that fails. */
  protected String failed(String text) {
    return session.explain(catchThrowable(() -> enter(text)));
  }

  /** What the saved workflow gives, run by itself. */
  protected Object saved() throws Throwable {
    Workflow workflow =
        Language.compile("saved" + session.suffix(), session.saved(), Library.of(List.of()));
    return workflow.program(Map.of(), null).run(new Recorder());
  }
}
