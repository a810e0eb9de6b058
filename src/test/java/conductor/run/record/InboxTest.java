package conductor.run.record;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.state.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other processes tell a run. */
class InboxTest {

  @TempDir private Path temp;
  private RunDirectory run;

  @BeforeEach
  void setUp() throws Exception {
    run = new RunDirectory(Files.createDirectory(temp.resolve("wf-1a2b3c")));
  }

  /** F17: one bad letter is set aside, and those behind it are read. */
  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "garbage", "{}", "{\"v\":2}"})
  void aLetterThatCannotBeReadIsSetAside(String bad) throws Exception {
    Files.createDirectories(run.inbox());
    Files.writeString(run.inbox().resolve("a.json"), bad);
    new Inbox(run).stop("enough", Instant.EPOCH);
    var told = new LinkedBlockingQueue<Inbox.Letter>();
    var trouble = new LinkedBlockingQueue<String>();

    try (var _ = new InboxWatch(run, told::add, trouble::add)) {
      assertThat(told.poll(10, TimeUnit.SECONDS)).extracting(Inbox.Letter::kind).isEqualTo("stop");
      assertThat(trouble.poll(10, TimeUnit.SECONDS)).contains("a.json", "a.json.bad");
    }
    assertThat(run.inbox().resolve("a.json.bad")).hasContent(bad);
    assertThat(new Inbox(run).letters()).hasSize(1);
  }

  /** F17: the same for one that cannot be delivered, such as one for an unknown agent. */
  @Test
  void aLetterThatCannotBeDeliveredIsSetAside() throws Exception {
    var inbox = new Inbox(run);
    inbox.send("nobody", "text", Instant.EPOCH);
    inbox.stop("enough", Instant.EPOCH);
    var told = new LinkedBlockingQueue<String>();
    var trouble = new LinkedBlockingQueue<String>();

    try (var _ =
        new InboxWatch(
            run,
            letter -> {
              if (letter.kind().equals("send")) {
                throw new IllegalArgumentException("there is no agent 'nobody'");
              }
              told.add(letter.kind());
            },
            trouble::add)) {
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("stop");
      assertThat(trouble.poll(10, TimeUnit.SECONDS)).contains("no agent 'nobody'", "set aside");
    }
  }

  /** F19: no two gates share an answer, however alike or long their names are. */
  @Test
  void gatesThatLookAlikeAreAnsweredByThemselves() {
    var inbox = new Inbox(run);
    List<String> gates =
        List.of(
            "1.a b.1",
            "1.a_b.1",
            "1.a+b.1",
            "1.%C3%A4.1",
            "1.ä.1",
            "k".repeat(300),
            "k".repeat(301));

    assertThat(gates)
        .allMatch(
            gate -> inbox.answer(gate, "to " + gate, Instant.EPOCH, Optional.empty()).isEmpty());
    assertThat(gates)
        .allSatisfy(
            gate -> assertThat(inbox.answerTo(gate).orElseThrow().text()).isEqualTo("to " + gate));
    assertThat(
            inbox.answer("1.a b.1", "again", Instant.EPOCH, Optional.empty()).orElseThrow().text())
        .isEqualTo("to 1.a b.1");
  }
}
