package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.FakeGitHub;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What commands say of a forge: {@code doctor} and {@code pr list}. */
class ForgeCommandsTest extends GitHubMachine {

  /** The lines of {@code doctor} on the forge, each with its mark. */
  private String doctor() {
    Project.Result result = project.conductor("doctor");
    assertThat(result.out()).doesNotContain(FakeGitHub.TOKEN);
    return String.join(
        "\n", result.out().lines().filter(line -> line.substring(3).startsWith("forge ")).toList());
  }

  @Test
  void doctorTellsWhichForgeAndWhereItsTokenComesFrom() throws Exception {
    assertThat(doctor())
        .contains("ok forge", "github, " + github.fake.url() + "/me/it")
        .contains("the token is that of GITHUB_TOKEN");

    github.tokenFromCommand();
    assertThat(doctor()).contains("the token is what forge.token_command prints");

    project.sh("git -C repo remote remove origin");
    assertThat(doctor()).isEqualTo("ok forge      local: pull requests are kept on this host");
  }

  @Test
  void doctorTellsWhatIsMissing() throws Exception {
    github.repository.push = false;
    assertThat(doctor()).contains("!! forge", "may read this repository but not push to it");

    project.environment.remove("GITHUB_TOKEN");
    assertThat(doctor()).contains("!! forge", "there is no token; set GITHUB_TOKEN");

    github.close();
    project.environment.put("GITHUB_TOKEN", FakeGitHub.TOKEN);
    assertThat(doctor()).contains("-- forge", "it does not answer now");
  }

  @Test
  void doctorWithoutGitTellsThatItIsMissing() throws Exception {
    project.environment.put("PATH", temp.toString());

    Process process = project.start("doctor");

    assertThat(process.waitFor()).as(github.log()).isOne();
    assertThat(Files.readString(temp.resolve("out")))
        .contains("!! git        not found")
        .doesNotContain(" forge ");
  }

  @Test
  void doctorRunsNoTokenCommandOfAProjectThatNobodyTrusts() throws Exception {
    project.environment.remove("GITHUB_TOKEN");
    Path config = project.repo.resolve(".conductor/config.yaml");
    Files.createDirectories(config.getParent());
    Files.writeString(config, "forge: {token_command: 'touch %s/ran'}".formatted(temp));

    assertThat(doctor()).contains("-- forge", "is not trusted");
    assertThat(temp.resolve("ran")).doesNotExist();
  }

  @Test
  void listsThePullRequestsOfTheRepositoryAtGitHubAndThoseOfThisHost() throws Exception {
    github.proposed("one");
    github.proposed("two");
    github.repository.mergedByHand(1);

    Project.Result listed = project.conductor("pr", "list").ok();
    JsonNode numbers = project.conductor("pr", "list", "--json").ok().json();

    String url = github.fake.url() + "/me/it/pull/";
    assertThat(listed.out())
        .isEqualTo(
            """
            2  open    Add a  two -> main  %1$s2
            1  merged  Add a  one -> main  %1$s1
            """
                .formatted(url));
    assertThat(numbers.get(0).path("url").asString()).isEqualTo(url + 2);
    assertThat(numbers.get(0).path("repo").asString()).isEqualTo(project.repo.toString());
  }

  @Test
  void withoutATokenAListSaysWhatToDo() throws Exception {
    project.environment.remove("GITHUB_TOKEN");

    Project.Result listed = project.conductor("pr", "list");

    assertThat(listed.code()).isOne();
    assertThat(listed.err()).contains("there is no token; set GITHUB_TOKEN");
  }
}
