package conductor.cli.setup;

import conductor.state.AtomicFile;
import conductor.state.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of a repository that tells agents how to use conductor.
 *
 * @param written whether it was not there before
 * @param current whether it says what this version would write
 */
record SkillFile(Path file, boolean written, boolean current) {

  /** What is to be written, and where. */
  record Draft(Path top, Path file, String text) {

    /** Returns the file and the directories that lead to it. */
    List<Path> places() {
      Path directory = file.getParent();
      return List.of(top.resolve(".claude"), top.resolve(".claude/skills"), directory, file);
    }

    /** Writes the file where there is none; one that somebody has changed stays. */
    SkillFile written() {
      if (Files.exists(file)) {
        return new SkillFile(file, false, TextFile.read(file).equals(text));
      }
      AtomicFile.write(file, text, file.resolveSibling(".SKILL.md.writing"));
      return new SkillFile(file, true, true);
    }
  }

  static Draft draft(Path top, Path home) {
    Path file = top.resolve(".claude/skills/conductor/SKILL.md");
    return new Draft(top, file, TextFile.read(home.resolve("docs/skill/SKILL.md")));
  }

  String line() {
    if (written) {
      return "wrote " + file;
    }
    return current
        ? "kept " + file
        : "kept %s, which says something else than this version of conductor; to get its text, remove the file and run this again"
            .formatted(file);
  }
}
