package conductor.handlers.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/bin/bash -lc ls | ls",
        "/bin/bash -lc 'ls -l > x' | ls -l > x",
        "/usr/bin/zsh -c 'a' | a",
        "bash -lc \"it's \\$HOME \\\"q\\\"\" | it's $HOME \"q\"",
        "/bin/bash -lc 'it'\"'\"'s' | it's",
        "/bin/bash -lc 'a' b | /bin/bash -lc 'a' b",
        "/bin/bash -lc 'a'; rm x | /bin/bash -lc 'a'; rm x",
        "/bin/bash -lc 'a | /bin/bash -lc 'a",
        "/bin/bash -lc \"$(rm x)\" | /bin/bash -lc \"$(rm x)\"",
        "git status | git status"
      })
  void aCommandIsTakenOutOfItsShellOnlyWhenItIsOneWord(String command, String unwrapped) {
    assertThat(ShellWord.unwrapped(command)).isEqualTo(unwrapped);
  }
}
