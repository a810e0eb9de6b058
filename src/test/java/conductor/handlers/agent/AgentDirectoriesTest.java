package conductor.handlers.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One agent for a key, whatever was cut short: law 2. */
class AgentDirectoriesTest {

  @TempDir private Path agents;

  @Test
  void aKeyKeepsItsName() {
    assertThat(AgentDirectories.claim(agents, "impl", "k1")).isEqualTo("impl");
    assertThat(AgentDirectories.claim(agents, "impl", "k2")).isEqualTo("impl-2");

    assertThat(AgentDirectories.claim(agents, "impl", "k1")).isEqualTo("impl");
    assertThat(AgentDirectories.claim(agents, "impl", "k2")).isEqualTo("impl-2");
  }

  @Test
  void aDirectoryWhoseClaimWasCutShortIsFree() throws Exception {
    Files.createDirectories(agents.resolve("impl"));
    Files.writeString(agents.resolve("impl/.claim.half"), "k");

    assertThat(AgentDirectories.claim(agents, "impl", "k1")).isEqualTo("impl");
  }

  @Test
  void thoseWhoClaimAtOnceGetNamesOfTheirOwn() throws Exception {
    var names = new HashMap<String, Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var claims =
          IntStream.range(0, 20)
              .<Callable<String>>mapToObj(
                  n -> () -> AgentDirectories.claim(agents, "impl", "k" + n))
              .toList();
      for (Future<String> name : threads.invokeAll(claims)) {
        names.merge(name.get(), 1, Integer::sum);
      }
    }

    assertThat(names).hasSize(20).containsKeys("impl", "impl-2", "impl-20");
  }

  /** F13: names are data. */
  @Test
  void everyNameHasADirectoryOfItsOwnWithinTheRun(@TempDir Path agents) throws IOException {
    var names =
        List.of(
            "fix/login",
            "fix_login",
            "../../x",
            "/abs",
            "",
            ".",
            "..",
            "x".repeat(1000),
            "агент",
            "агенты",
            "a b",
            "a:b",
            "a\nb",
            "-x",
            "a.json",
            "a",
            "A",
            "a~b",
            "\ud800",
            "\ud801");
    for (String name : names) {
      assertThat(AgentDirectories.claim(agents, name, "key " + names.indexOf(name)))
          .isEqualTo(name);
      assertThat(AgentDirectories.claim(agents, name, "key " + names.indexOf(name)))
          .isEqualTo(name);
    }

    try (var made = Files.list(agents)) {
      assertThat(made).hasSize(names.size());
    }
  }
}
