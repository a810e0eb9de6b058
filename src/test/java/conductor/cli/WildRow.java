package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of a table of wild repositories: a sentence, and the steps that are gone through in order,
 * each of which sets something up, calls conductor, or looks at what came of it. In every text
 * {@code @ROOT@} stands for the directory of the machine; shell lines run in the repository, with
 * {@code $W} for that directory, {@code $O} for the bare origin, {@code $b} for the first branch of
 * conductor's there, {@code $w} for the first worktree and {@code $t} for the first ref in the
 * trash.
 */
final class WildRow {

  /** Begins a flow with a worktree {@code e}. */
  static final String WORKTREE = "def e = yield CreateWorktree(name: 'w')\n";

  /** Begins a flow with a worktree in which the agent has worked. */
  static final String WORKED = WORKTREE + "yield RunAgent(env: e, prompt: 'x')\n";

  /** A flow that proposes what the agent did. */
  static final String PROPOSED =
      WORKED + "return (yield CreatePR(env: e, title: 'The title')).branch\n";

  /** Begins a flow with two worktrees in which shell files {@code a} and {@code b} have worked. */
  static final String TWO =
      """
      def envs = yield Gather(['a', 'b'].collect { CreateWorktree(name: it) })
      envs.eachWithIndex { it, i -> yield Exec(['sh', '-e', '@ROOT@/' + 'ab'[i]], env: it, check: true) }
      """;

  private static final String PLACES = "W=@ROOT@; O=@ROOT@/origin.git\n";

  /** What sets the variables that are looked for only where they are used. */
  private static final Map<String, String> FOUND =
      Map.of(
          "b",
          "b=$(git -C $O for-each-ref --format='%(refname)' refs/heads/conductor 2>/dev/null | head -1)\n",
          "w",
          "w=$(ls -d $W/state/worktrees/*/*/ 2>/dev/null | head -1)\n",
          "t",
          "t=$(git for-each-ref --format='%(refname)' refs/conductor/trash 2>/dev/null | head -1)\n");

  /** How a line of the script begins that is shown with a failure. */
  private static final String SOURCE = "    ";

  private interface Step {
    Project.Result on(Project project, Project.Result last) throws Exception;
  }

  private final String name;
  private final List<Step> steps = new ArrayList<>();

  private WildRow(String name) {
    this.name = name;
  }

  static WildRow row(String name) {
    return new WildRow(name);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Goes through the steps. */
  void on(Project project) throws Exception {
    through(project, new Project.Result(0, "", ""));
  }

  private Project.Result through(Project project, Project.Result before) throws Exception {
    Project.Result last = before;
    for (Step step : steps) {
      try {
        last = step.on(project, last);
      } catch (AssertionError e) {
        var named = new AssertionError("%s: %s%n%s".formatted(name, e.getMessage(), last.err()));
        named.setStackTrace(e.getStackTrace());
        throw named;
      }
    }
    return last;
  }

  private WildRow then(Step step) {
    steps.add(step);
    return this;
  }

  private static String at(Project project, String text) {
    return text.replace("@ROOT@", project.root.toString());
  }

  private static String shell(Project project, String script) throws Exception {
    Path directory = Files.isDirectory(project.repo) ? project.repo : project.root;
    String found =
        FOUND.entrySet().stream()
            .filter(variable -> script.matches("(?s).*\\$\\{?" + variable.getKey() + ".*"))
            .map(Map.Entry::getValue)
            .collect(Collectors.joining());
    return project.sh(directory, at(project, PLACES + found + script));
  }

  /** Runs shell lines in the repository. */
  WildRow sh(String script) {
    return then((project, last) -> {
      shell(project, script);
      return last;
    });
  }

  /** Sets the user's settings of git, each a name and a value with a blank between. */
  WildRow settings(String... settings) {
    return sh(
        Arrays.stream(settings)
            .map(setting -> "git config --global " + setting + "\n")
            .collect(Collectors.joining()));
  }

  /** Commits what is in the repository and pushes it to main. */
  WildRow pushed(String script) {
    return sh(script + "\ngit add -A; git commit -qm more; git push -q origin HEAD:main");
  }

  /** Adds a submodule {@code lib}, whose remote is {@code lib.git}. */
  WildRow library() {
    return pushed(
        """
        git config --global protocol.file.allow always
        git init -q $W/lib; cd $W/lib; echo lib > lib.txt; git add .; git commit -qm lib
        git clone -q --bare $W/lib $W/lib.git; cd $W/repo; git submodule --quiet add $W/lib.git lib
        """);
  }

  /** Makes shell lines the agent; it ends at the first that fails. */
  WildRow agent(String script) {
    return then((project, last) -> {
      project.agent("set -e\n" + at(project, script));
      return last;
    });
  }

  /** Adds to the user's configuration; it is written anew with each agent. */
  WildRow config(String yaml) {
    return then((project, last) -> {
      Path file = project.root.resolve("home/.config/doeff-conductor/config.yaml");
      project.configure(Files.readString(file) + at(project, yaml) + "\n");
      return last;
    });
  }

  /** Writes a file beside the repository. */
  WildRow file(String file, String text) {
    return then((project, last) -> {
      project.file(file, at(project, text));
      return last;
    });
  }

  /** Sets a variable for conductor, and for shell lines. */
  WildRow variable(String variable, String value) {
    return then((project, last) -> {
      project.environment.put(variable, at(project, value));
      return last;
    });
  }

  /** Takes variables away. */
  WildRow without(String... variables) {
    return then((project, last) -> {
      List.of(variables).forEach(project.environment::remove);
      return last;
    });
  }

  /** Runs a workflow in the repository. */
  WildRow flow(String script) {
    return flowIn("repo", script);
  }

  /** Runs a workflow in a directory of the machine. */
  WildRow flowIn(String directory, String script) {
    return then((project, last) -> {
      Path file = project.file("flow.groovy", at(project, script));
      return project.conductorIn(
          project.root.resolve(directory), "run", file.toString(), "--agent", "mine");
    });
  }

  /** Merges what the shell files {@code a} and {@code b} do in two worktrees; more is the rest. */
  WildRow merging(String a, String b, String more) {
    return file("a", a).file("b", b).flow(TWO + more);
  }

  /** Calls conductor in the repository. */
  WildRow conductor(String... words) {
    return conductorIn("repo", words);
  }

  /** Calls conductor in a directory of the machine. */
  WildRow conductorIn(String directory, String... words) {
    return then((project, last) -> {
      String[] there = Arrays.stream(words).map(word -> at(project, word)).toArray(String[]::new);
      return project.conductorIn(project.root.resolve(directory), there);
    });
  }

  /** Calls conductor in the repository, the text of a file beside it as the third word. */
  WildRow conductorOn(String file, String... words) {
    return then((project, last) -> {
      var all = new ArrayList<String>(List.of(words));
      all.add(2, Files.readString(project.root.resolve(file)).strip());
      return project.conductor(all.toArray(String[]::new));
    });
  }

  /** Resumes the only run. */
  WildRow resume() {
    return then((project, last) -> project.conductor("resume", project.onlyRun()));
  }

  /** What was called last ended well. */
  WildRow ok() {
    return then((project, last) -> {
      assertThat(last.code()).isZero();
      return last;
    });
  }

  /** It ended well and replied with just this. */
  WildRow replies(String reply) {
    return ok().then((project, last) -> {
      assertThat(last.out().strip()).isEqualTo(at(project, reply));
      return last;
    });
  }

  /** Its output has each of these words. */
  WildRow prints(String... words) {
    return then((project, last) -> {
      assertThat(last.out()).contains(there(project, words));
      return last;
    });
  }

  /** Its lines, but for those that only name what is done, have each word in some case. */
  WildRow says(String... words) {
    return then((project, last) -> {
      assertThat(said(last, "\u2192\u2713").toLowerCase(Locale.ROOT))
          .contains(there(project, words).stream().map(String::toLowerCase).toList());
      return last;
    });
  }

  /** It replied with just this, or failed with each of these words. */
  WildRow repliesOrFails(String reply, String... words) {
    return then((project, last) -> {
      WildRow row = row(name);
      WildRow either = last.code() == 0 ? row.replies(reply) : row.fails(words);
      return either.through(project, last);
    });
  }

  /** Writes what it printed to a file beside the repository. */
  WildRow keeps(String file) {
    return then((project, last) -> {
      project.file(file, last.out());
      return last;
    });
  }

  /** It failed, and the failure has each of these words. */
  WildRow fails(String... words) {
    return then((project, last) -> {
      assertThat(last.code()).isNotZero();
      assertThat(said(last, "\u2192\u2713\u00b7")).contains(there(project, words));
      return last;
    });
  }

  private static List<String> there(Project project, String... words) {
    return Stream.of(words).map(word -> at(project, word)).toList();
  }

  /** What conductor said, without lines that begin with one of some signs or name the run. */
  private static String said(Project.Result last, String signs) {
    return last.err()
        .lines()
        .filter(line -> !line.startsWith("run wf-") && !line.startsWith(SOURCE))
        .filter(line -> line.isBlank() || signs.indexOf(line.strip().charAt(0)) < 0)
        .collect(Collectors.joining("\n"));
  }

  /** Shell lines in the repository print just this, or one of these. */
  WildRow holds(String script, String... expected) {
    return then((project, last) -> {
      assertThat(shell(project, script)).as(script).isIn(there(project, expected));
      return last;
    });
  }
}
