package conductor.cli;

import conductor.process.Strays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run leaves behind, as sorted lines in which nothing stands that differs from run to run:
 * neither its id nor times, paths and the ids of commits. Trees are told by their ids.
 *
 * @param lines by what they tell of
 */
record CrashTraces(Map<String, List<String>> lines) {

  /** What is made for people: more of it than in an undisturbed run is repeated work. */
  private static final Set<String> MADE = Set.of("ledger", "origin", "pulls", "diff", "branches");

  private static final Pattern COMMIT = Pattern.compile("(?<!tree )\\b[0-9a-f]{7,40}\\b");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|\"seconds\":[\\d.E-]+");
  private static final Pattern EPOCH = Pattern.compile("(?<=RUN[:/])\\d+(?=[:-])");

  private static final String LOG =
      "git -C %s for-each-ref --format='%%(refname)' %s | while read -r ref; do"
          + " git -C %s log --topo-order --format=\"$ref tree %%T parents %%p %%B\" $ref"
          + " | tr '\\n' ' ' | sed \"s| refs/|\\n refs/|g\"; echo; done";

  /** Something that is not as in an undisturbed run. */
  record Difference(String kind, String line) {
    @Override
    public String toString() {
      return kind + ": " + line;
    }
  }

  static CrashTraces of(CrashScene scene) throws Exception {
    Project project = scene.project;
    var texts = new TreeMap<String, String>();
    texts.put("status", scene.status());
    texts.put("result", Files.readString(project.root.resolve("out")));
    texts.put("ledger", String.join("\n", project.ledger()));
    texts.put("origin", log(project, "origin.git", "refs"));
    texts.put("branches", log(project, "repo", "refs/heads"));
    texts.put("pulls", files(project.state.root().resolve("pulls"), ".json"));
    texts.put("records", files(project.state.worktrees(), ".json"));
    texts.put("diff", scene.runId().isEmpty() ? "" : project.conductor("pr", "diff", "1").out());
    texts.put(
        "kept",
        project.sh("git -C repo for-each-ref --format='%(refname) tree %(tree)' refs/conductor"));
    texts.put("worktrees", project.sh("git -C repo worktree list --porcelain"));
    texts.put(
        "files",
        project.sh(
            """
            for at in state/worktrees/*/*/; do
              git -C $at status --porcelain --branch --ignored 2>&1 | sed "s|^|$at |"
              ls -A $at | sed "s|^|$at |"
            done
            ls -d state/worktrees/*/* repo/.git/worktrees/*
            """));
    texts.put("locks", project.sh("find repo/.git origin.git -name '*.lock' -o -name 'locked'"));
    texts.put(
        "processes",
        String.join(
            "\n",
            Strays.below(project.state.root()).stream()
                .map(stray -> stray.job().toString())
                .toList()));
    return of(texts, project.root, scene.runId().orElse("no run"));
  }

  /** Those that stand in texts, by what they tell of. */
  static CrashTraces of(Map<String, String> texts, Path root, String run) {
    var lines = new TreeMap<String, List<String>>();
    texts.forEach((about, text) -> lines.put(about, lines(plain(text, root, run), about)));
    return new CrashTraces(lines);
  }

  /** Refs of a repository with their commits. */
  static String log(Project project, String repository, String refs) throws Exception {
    return project.sh(LOG.formatted(repository, refs, repository));
  }

  private static String files(Path directory, String ending) throws IOException {
    if (!Files.isDirectory(directory)) {
      return "";
    }
    var all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory, 2)) {
      for (Path file : files.filter(file -> file.toString().endsWith(ending)).sorted().toList()) {
        String text = Files.readString(file).strip().replaceAll("\\s*\n\\s*", " ");
        all.append(file).append(' ').append(text).append('\n');
      }
    }
    return all.toString();
  }

  /** A worktree that is made anew beside a record of its first attempt has a number. */
  private static String plain(String text, Path root, String run) {
    String plain = text.replace(root.toString(), "ROOT").replace(run, "RUN");
    plain = plain.replaceAll("repo-[0-9a-f]{8}", "repo-ID").replaceAll("RUN-\\d\\b", "RUN");
    plain = TIME.matcher(plain).replaceAll("TIME");
    plain = EPOCH.matcher(plain).replaceAll("N");
    return COMMIT.matcher(plain).replaceAll(Matcher.quoteReplacement("ID"));
  }

  /** A retry keeps trees once more; all else is counted. */
  private static List<String> lines(String text, String about) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return about.equals("kept")
        ? List.copyOf(new TreeSet<>(lines))
        : lines.stream().sorted().toList();
  }

  /** In what another run's traces differ from these. */
  List<Difference> differences(CrashTraces other) {
    var differences = new ArrayList<Difference>();
    lines.forEach((about, here) -> {
      List<String> there = other.lines.getOrDefault(about, List.of());
      String more = MADE.contains(about) ? "repeated" : "left behind";
      without(here, there).forEach(line -> differences.add(of("lost", about, line)));
      without(there, here).forEach(line -> differences.add(of(more, about, line)));
    });
    return differences;
  }

  private static Difference of(String kind, String about, String line) {
    return new Difference(kind, about + ": " + line);
  }

  private static List<String> without(List<String> all, List<String> those) {
    var rest = new ArrayList<>(all);
    those.forEach(rest::remove);
    return rest;
  }
}
