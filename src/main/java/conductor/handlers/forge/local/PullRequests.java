package conductor.handlers.forge.local;

import conductor.handlers.worktree.Worktrees;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import conductor.state.StateDirectory;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads and writes the files of the local forge, {@code pulls/<repository>/<n>.json}. */
public record PullRequests(StateDirectory state) {

  /**
   * Returns all pull requests of a repository, oldest first.
   *
   * @throws UnreadableState when one cannot be read: it may be the one that is looked for, which
   *     must not be made twice (law 5)
   */
  public List<PullRequest> of(Path repository) {
    return in(directory(repository), file -> Stream.of(read(file)));
  }

  /** Returns the readable pull requests of all repositories, newest first. */
  public List<PullRequest> all() {
    return FileTree.in(state.pulls()).stream()
        .flatMap(directory -> in(directory, PullRequests::readable).stream())
        .sorted(Comparator.comparing(PullRequest::createdAt).reversed())
        .toList();
  }

  private static List<PullRequest> in(Path directory, Function<Path, Stream<PullRequest>> read) {
    return StateJson.files(directory).stream()
        .flatMap(read)
        .sorted(Comparator.comparingInt(PullRequest::number))
        .toList();
  }

  private static Stream<PullRequest> readable(Path file) {
    try {
      return Stream.of(read(file));
    } catch (UnreadableState | UncheckedIOException e) {
      return Stream.of(); // unreadable() reports it
    }
  }

  /** Returns what is wrong with each file that cannot be read, one line each. */
  public List<String> unreadable() {
    var wrong = new ArrayList<String>();
    for (Path directory : FileTree.in(state.pulls())) {
      for (Path file : StateJson.files(directory)) {
        try {
          read(file);
        } catch (UnreadableState | UncheckedIOException e) {
          wrong.add(String.valueOf(e.getMessage()));
        }
      }
    }
    return wrong;
  }

  private static PullRequest read(Path file) {
    return StateJson.read(file, PullRequest.class, PullRequest.FORMAT);
  }

  /** Returns the pull request of a url, which is the path of its file; empty when there is none. */
  Optional<PullRequest> byUrl(String url) {
    Path file = Path.of(url);
    return file.startsWith(state.pulls()) && Files.exists(file)
        ? Optional.of(read(file))
        : Optional.empty();
  }

  /** Returns whether a url is that of a pull request of this host. */
  public boolean isKept(String url) {
    return byUrl(url).isPresent();
  }

  private Path directory(Path repository) {
    return state.pulls().resolve(Worktrees.nameOf(repository));
  }

  /** Adds a pull request with the next free number and returns it. */
  PullRequest add(Path repository, IntFunction<PullRequest> make) {
    List<PullRequest> before = of(repository);
    int first = before.isEmpty() ? 1 : before.getLast().number() + 1;
    return IntStream.iterate(first, number -> number + 1)
        .mapToObj(make)
        .filter(pr -> AtomicFile.create(Path.of(pr.url()), StateJson.pretty(pr)))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the url of the pull request of a number: the path of its file. */
  String url(Path repository, int number) {
    return directory(repository).resolve(number + ".json").toString();
  }

  void write(PullRequest pr) {
    AtomicFile.write(Path.of(pr.url()), StateJson.pretty(pr));
  }
}
