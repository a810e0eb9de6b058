package conductor.handlers.forge;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.GitHubSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Remotes as git writes them. */
class RemoteAddressTest {

  @ParameterizedTest
  @CsvSource({
    "https://github.com/me/it.git, https, github.com, '', me/it",
    "https://user:secret@github.com/me/it, https, github.com, '', me/it",
    "http://127.0.0.1:8080/me/it.git/, http, 127.0.0.1, 8080, me/it",
    "git@github.com:me/it.git, ssh, github.com, '', me/it",
    "github-work:me/it, ssh, github-work, '', me/it",
    "ssh://git@ssh.github.com:443/me/it.git, ssh, ssh.github.com, 443, me/it",
    "git@host:/me/it.git, ssh, host, '', me/it",
    "git://example.com/a/b/c.git, git, example.com, '', a/b/c"
  })
  void isTakenApart(String url, String scheme, String host, String port, String path) {
    assertThat(RemoteAddress.of(url)).contains(new RemoteAddress(scheme, host, port, path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/srv/it.git", "../it.git", "file:///srv/it.git", "it", "C:/it"})
  void aPathIsNoAddress(String url) {
    assertThat(RemoteAddress.of(url)).isEmpty();
  }

  @Test
  void isHeldByTheSiteOfItsHostAndPort() {
    GitHubSite own = GitHubSite.at("https://ghe.example.com:8443/");

    assertThat(own.api()).isEqualTo("https://ghe.example.com:8443/api/v3");
    assertThat(own.holds(address("https://ghe.example.com:8443/me/it"))).isTrue();
    assertThat(own.holds(address("https://ghe.example.com/me/it"))).isFalse();
    assertThat(own.holds(address("ssh://git@GHE.example.com:2222/me/it"))).isTrue();
    assertThat(own.holds(address("https://github.com/me/it"))).isFalse();
    assertThat(GitHubSite.at("https://github.com/")).isEqualTo(GitHubSite.PUBLIC);
    assertThat(GitHubSite.PUBLIC.holds(address("git@github.com:me/it.git"))).isTrue();
    assertThat(GitHubSite.PUBLIC.holds(address("ssh://git@ssh.github.com:443/me/it.git"))).isTrue();
  }

  @Test
  void h9h7OtherNamesOfGitHubAreKnown() {
    GitHubSite place = GitHubSite.at("https://octo.ghe.com/");

    assertThat(place.api()).isEqualTo("https://api.octo.ghe.com");
    assertThat(GitHubSite.known(address("git@octo.ghe.com:me/it"))).contains(place);
    assertThat(GitHubSite.known(address("https://octo.ghe.com/me/it.git"))).contains(place);
    assertThat(GitHubSite.known(address("https://www.github.com/me/it")))
        .contains(GitHubSite.PUBLIC);
    assertThat(GitHubSite.known(address("git@www.github.com:me/it"))).contains(GitHubSite.PUBLIC);
    assertThat(GitHubSite.at("https://www.github.com")).isEqualTo(GitHubSite.PUBLIC);
    assertThat(GitHubSite.known(address("https://ghe.com/me/it"))).isEmpty();
    assertThat(GitHubSite.known(address("https://evilghe.com/me/it"))).isEmpty();
  }

  private static RemoteAddress address(String url) {
    return RemoteAddress.of(url).orElseThrow();
  }
}
