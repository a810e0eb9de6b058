package conductor.config;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The files of directories of skills, whose texts and scripts an agent follows. */
public final class SkillFiles {

  private SkillFiles() {}

  /**
   * Returns all files below a directory, also those that links lead to; none when there is no such
   * directory.
   *
   * @throws BadConfiguration when it cannot be looked through
   */
  public static List<Path> below(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw unreadable(directory, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  private static BadConfiguration unreadable(Path directory, IOException e) {
    return new BadConfiguration("cannot look through " + directory + ": " + Reason.of(e));
  }

  /** Returns whether some directory in this one is a skill. */
  public static boolean holdsSome(Path directory) {
    return below(directory).stream()
        .anyMatch(file ->
            file.getFileName().toString().equals("SKILL.md")
                && directory.relativize(file).getNameCount() == 2);
  }
}
