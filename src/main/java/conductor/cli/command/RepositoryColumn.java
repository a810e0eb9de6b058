package conductor.cli.command;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The column of a list that tells the repository of each line. It is empty when all lines are of
 * the same repository.
 *
 * @param repositories the main worktrees of the repositories of the list
 */
record RepositoryColumn(Set<Path> repositories) {

  static RepositoryColumn of(Collection<Path> repositories) {
    return new RepositoryColumn(new TreeSet<>(repositories));
  }

  /**
   * Returns the directory's name, or its path where two have that name, with two blanks after it.
   */
  String cell(Path repository) {
    if (repositories.size() < 2) {
      return "";
    }
    String name = String.valueOf(repository.getFileName());
    return (names().contains(name) ? name : repository) + "  ";
  }

  /** Returns the names that only one of the repositories has. */
  private Set<String> names() {
    return repositories.stream()
        .collect(
            Collectors.groupingBy(
                path -> String.valueOf(path.getFileName()), Collectors.counting()))
        .entrySet()
        .stream()
        .filter(name -> name.getValue() == 1)
        .map(name -> name.getKey())
        .collect(Collectors.toSet());
  }
}
