package conductor.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines from a stream. */
@Timeout(60)
class StreamPrompterTest {

  /** Says "y" for ever. */
  private static final class Yes extends Reader {

    private final AtomicInteger read = new AtomicInteger();

    @Override
    public int read(char[] into, int from, int length) {
      for (int i = 0; i < length; i++) {
        into[from + i] = i % 2 == 0 ? 'y' : '\n';
      }
      read.addAndGet(length);
      return length;
    }

    @Override
    public void close() {}
  }

  /** S6. */
  @Test
  void aStreamWithoutEndIsReadAsFarAsItIsTaken() {
    var yes = new Yes();
    var prompter = new StreamPrompter(new BufferedReader(yes), _ -> {}, "> ");

    for (int i = 0; i < 20_000; i++) {
      assertThat(prompter.next(_ -> false)).isEqualTo(new Prompter.Input.Text("y"));
    }

    assertThat(yes.read.get()).isBetween(40_000, 60_000);
  }

  /** S7. */
  @Test
  void theEndOfTheInputEndsTheLineOfThePrompt() {
    var shown = new ArrayList<String>();
    var prompter = new StreamPrompter(new BufferedReader(Reader.nullReader()), shown::add, "> ");

    assertThat(prompter.next(_ -> false)).isEqualTo(new Prompter.Input.End());
    assertThat(prompter.answer("Go? ")).isEqualTo(new Prompter.Input.End());

    assertThat(shown).containsExactly("> ", "\n", "Go? ", "\n");
  }
}
