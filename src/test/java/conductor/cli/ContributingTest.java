package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.config.Configuration;
import conductor.config.Places;
import conductor.effect.ForgeEffect.Selection;
import conductor.engine.handler.Key;
import conductor.handlers.agent.known.AgentDescription;
import conductor.handlers.agent.known.KnownAgent;
import conductor.handlers.forge.Forge;
import conductor.handlers.forge.Workplace;
import conductor.handlers.forge.project.ForgeDescription;
import conductor.handlers.forge.project.ForgePlace;
import conductor.handlers.forge.project.HostParts;
import conductor.handlers.forge.project.KnownForge;
import conductor.handlers.forge.project.ProjectRemotes;
import conductor.handlers.forge.project.Sites;
import conductor.journal.Redactor;
import conductor.state.Locks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the pages about adding something show is compiled, and run where it can be. */
class ContributingTest {

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)[^)]*\\)");

  @TempDir private Path temp;

  private static Path page(String name) {
    return Project.home().resolve("docs/contributing").resolve(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adding-an-agent.md", "adding-a-forge.md", "adding-a-command.md"})
  void aPageIsLinkedAndLeadsToPagesThatAreThere(String name) throws Exception {
    assertThat(Files.readString(Project.home().resolve("CONTRIBUTING.md")))
        .contains("docs/contributing/" + name);
    assertThat(LINK.matcher(Files.readString(page(name))).results().toList())
        .isNotEmpty()
        .allSatisfy(
            link -> assertThat(page(name).resolveSibling(link.group(1)).normalize()).exists());
    assertThat(new PageCode(page(name)).changesThatFit()).isPositive();
  }

  @Test
  void theAgentOfThePageIsWholeAndBound() throws Exception {
    var agent = (KnownAgent) new PageCode(page("adding-an-agent.md")).made(temp);

    AgentDescription.isWhole(agent);
    assertThat(agent.name()).isEqualTo("goose");
  }

  @Test
  void theForgeOfThePageKeepsPullRequests() throws Exception {
    var forge = (KnownForge) new PageCode(page("adding-a-forge.md")).made(temp);
    ForgeDescription.isWhole(forge);
    Path shared = temp.resolve("shared");
    var work = new Workplace(temp, shared.resolve("origin.git"));
    Places places =
        Places.of(work.environment, work.repo, temp, Optional.of(temp.resolve("state")));
    Configuration settings = Configuration.load(places, Map.of("forge.folder", shared.toString()));
    var around =
        new HostParts(
            places,
            settings,
            work.environment,
            new Locks(),
            () -> Redactor.of(Map.of(), List.of()),
            InstantSource.system());
    Sites sites = forge.sites(around);

    ForgePlace place = sites.place(ProjectRemotes.of(work.git())).orElseThrow();
    assertThat(place.about()).isEqualTo("shared, " + shared);
    Forge there = place.forge(work.git(), _ -> {});
    var proposal =
        new Forge.Proposal(
            work.branch("topic", "a.txt", "a\n"),
            "Add a",
            "Why.",
            "main",
            false,
            List.of(),
            List.of(),
            null,
            new Key("wf-000001", 0, "1", "0123456789ab"));

    String url = there.open(proposal).url();

    assertThat(there.list(new Forge.Wanted(Selection.ALL, null, null, 9))).hasSize(1);
    assertThat(Path.of(url)).startsWith(shared).exists();
    assertThat(sites.place(url)).isPresent();
    assertThat(sites.place(temp.toString())).isEmpty();
    assertThat(sites.missing(ProjectRemotes.of(work.git()))).isPresent();
  }

  /** What stands above the command, as {@code Main} does. */
  @Command(name = "conductor")
  private static final class Above implements HasContext {

    private final CommandContext context;

    Above(CommandContext context) {
      this.context = context;
    }

    @Override
    public CommandContext context() {
      return context;
    }
  }

  @Test
  void theCommandOfThePageLists() throws Exception {
    Project project = Project.withOrigin(temp);
    project.flow("return 1").ok();

    assertThat(projects(project, "projects")).isEqualTo(project.repo.toRealPath() + "  1\n");
    assertThat(projects(project, "projects", "--json"))
        .isEqualTo(
            "[{\"v\":1,\"project\":\"%s\",\"runs\":1}]\n".formatted(project.repo.toRealPath()));
    assertThat(projects(project, "projects", "--below", "/nowhere")).isEmpty();
    assertThat(projects(project, "projects", "--help"))
        .contains("Example:", "conductor projects --below ~/work");
  }

  private String projects(Project project, String... arguments) throws Exception {
    Object command = new PageCode(page("adding-a-command.md")).made(temp.resolve("classes"));
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    var console = new Console(stream, stream, false, false, false, false);
    var context = new CommandContext(console, project.environment, project.repo, Project.home());
    var line = new CommandLine(new Above(context)).addSubcommand("projects", command);
    line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
    assertThat(line.execute(arguments)).as("%s", out).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }
}
