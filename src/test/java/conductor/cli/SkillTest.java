package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.main.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code init --skill} tells agents that work in a repository how to use conductor. */
class SkillTest {

  private static final Pattern FRONT =
      Pattern.compile("---\\nname: ([a-z-]{1,64})\\ndescription: (.{40,1024})\\n---\\n");

  private static final Pattern GROOVY = Pattern.compile("(?s)```groovy\\n(.*?)```");
  private static final Pattern CALL = Pattern.compile("(?m)(?:^|`)conductor ([a-z]+)");
  private static final Path FILE = Path.of(".claude/skills/conductor/SKILL.md");

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private Path file() {
    return project.repo.resolve(FILE);
  }

  private JsonNode initialized() {
    return project.conductor("init", "--skill", "--json").ok().json().path("skill");
  }

  @Test
  void theFileIsWrittenOnceAndNeverOverwritten() throws Exception {
    assertThat(project.conductor("init").ok().out()).doesNotContain("SKILL.md");
    assertThat(file()).doesNotExist();

    JsonNode first = initialized();
    assertThat(first.path("file").asString()).isEqualTo(file().toRealPath().toString());
    assertThat(first.path("written").asBoolean()).isTrue();
    String text = Files.readString(file());
    assertThat(text).isEqualTo(Files.readString(Project.home().resolve("docs/skill/SKILL.md")));

    JsonNode again = initialized();
    assertThat(again.path("written").asBoolean()).isFalse();
    assertThat(again.path("current").asBoolean()).isTrue();

    Files.writeString(file(), "mine\n");
    assertThat(initialized().path("current").asBoolean()).isFalse();
    assertThat(project.conductor("init", "--skill").ok().out())
        .contains("kept " + file().toRealPath() + ", which says something else", "remove the file");
    assertThat(file()).hasContent("mine\n");
    try (var files = Files.list(file().getParent())) {
      assertThat(files).containsExactly(file());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".claude", ".claude/skills", ".claude/skills/conductor"})
  void aLinkToSomewhereElseIsNotFollowed(String place) throws Exception {
    Path elsewhere = Files.createDirectories(temp.resolve("home/elsewhere"));
    Path link = project.repo.resolve(place);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, elsewhere);

    Project.Result refused = project.conductor("init", "--skill");

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains(place, "is a symbolic link");
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(project.repo.resolve(".conductor")).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenIsToldOf() throws Exception {
    Files.createDirectories(file().getParent().getParent());
    Files.writeString(file().getParent(), "a file where a directory is meant");

    Project.Result refused = project.conductor("init", "--skill");

    assertThat(refused.code()).isEqualTo(Exit.BROKEN);
    assertThat(refused.err()).contains("SKILL.md").doesNotContain("Exception");
  }

  @Test
  void whatItSaysIsSo() throws Exception {
    String text = Files.readString(Project.home().resolve("docs/skill/SKILL.md"));
    Matcher front = FRONT.matcher(text);
    assertThat(front.lookingAt()).isTrue();
    assertThat(front.group(1)).isEqualTo("conductor");

    Matcher call = CALL.matcher(text);
    int calls = 0;
    while (call.find()) {
      assertThat(Main.commands()).containsKey(call.group(1).replace("help", "run"));
      calls++;
    }
    assertThat(calls).isGreaterThan(15);

    Matcher groovy = GROOVY.matcher(text);
    assertThat(groovy.find()).isTrue();
    Path flow = project.file("flow.groovy", groovy.group(1));
    assertThat(project.conductor("check", flow.toString()).ok().out()).isEmpty();
    project.conductor("plan", flow.toString(), "--issue", "Do it", "--param", "check=true").ok();
  }
}
