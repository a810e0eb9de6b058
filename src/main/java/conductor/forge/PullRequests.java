package conductor.forge;

import conductor.git.Worktrees;
import conductor.state.AtomicFile;
import conductor.state.StateDirectory;
import conductor.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The files of the local forge: {@code pulls/<repository>/<n>.json}. */
public final class PullRequests {

  private final StateDirectory state;

  public PullRequests(StateDirectory state) {
    this.state = state;
  }

  /** All of a repository, the oldest first. */
  public List<PullRequest> of(Path repository) {
    return in(directory(repository));
  }

  /** All of every repository, the newest first. */
  public List<PullRequest> all() {
    if (!Files.isDirectory(state.pulls())) {
      return List.of();
    }
    try (Stream<Path> repositories = Files.list(state.pulls())) {
      return repositories
          .flatMap(directory -> in(directory).stream())
          .sorted(Comparator.comparing(PullRequest::createdAt).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + state.pulls() + ": " + e.getMessage(), e);
    }
  }

  private static List<PullRequest> in(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(PullRequests::read)
          .sorted(Comparator.comparingInt(PullRequest::number))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + e.getMessage(), e);
    }
  }

  private static PullRequest read(Path file) {
    return StateJson.read(file, PullRequest.class, PullRequest.FORMAT);
  }

  /** The one whose url, which is its file, is given. */
  Optional<PullRequest> byUrl(String url) {
    Path file = Path.of(url);
    return file.startsWith(state.pulls()) && Files.exists(file)
        ? Optional.of(read(file))
        : Optional.empty();
  }

  private Path directory(Path repository) {
    return state.pulls().resolve(Worktrees.nameOf(repository));
  }

  /** Takes the next number and writes what is made for it. */
  PullRequest add(Path repository, IntFunction<PullRequest> make) {
    List<PullRequest> before = of(repository);
    int number = before.isEmpty() ? 1 : before.getLast().number() + 1;
    PullRequest pr = make.apply(number);
    while (!AtomicFile.create(Path.of(pr.url()), StateJson.pretty(pr))) {
      number++;
      pr = make.apply(number);
    }
    return pr;
  }

  /** Where the pull request of a number lies. */
  String url(Path repository, int number) {
    return directory(repository).resolve(number + ".json").toString();
  }

  void write(PullRequest pr) {
    AtomicFile.write(Path.of(pr.url()), StateJson.pretty(pr));
  }
}
