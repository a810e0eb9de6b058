package conductor.handlers.agent;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.people.AgentQuestion;
import conductor.handlers.people.Gates;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionsTest {

  @TempDir private Path directory;

  @Test
  void aQuestionMayBeClosedWhileOthersLookForIt() throws Exception {
    var questions = new Questions("coder", directory, new Gates());
    var over = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> looks =
          threads.submit(() -> {
            int most = 0;
            while (!over.get()) {
              most = Math.max(most, AgentQuestion.in(directory).size());
            }
            return most;
          });
      for (int n = 0; n < 300; n++) {
        questions.ask("request-" + n, "May I?", _ -> {});
        questions.close("request-" + n);
      }
      over.set(true);

      assertThat(looks.get()).isLessThanOrEqualTo(1);
    }
    assertThat(AgentQuestion.in(directory)).isEmpty();
  }
}
