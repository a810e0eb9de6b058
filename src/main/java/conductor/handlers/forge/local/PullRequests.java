package conductor.handlers.forge.local;

import conductor.error.Reason;
import conductor.handlers.worktree.Worktrees;
import conductor.state.AtomicFile;
import conductor.state.StateDirectory;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Reads and writes the files of the local forge, {@code pulls/<repository>/<n>.json}. */
public final class PullRequests {

  private final StateDirectory state;

  public PullRequests(StateDirectory state) {
    this.state = state;
  }

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
    if (!Files.isDirectory(state.pulls())) {
      return List.of();
    }
    try (Stream<Path> repositories = Files.list(state.pulls())) {
      return repositories
          .flatMap(directory -> in(directory, PullRequests::readable).stream())
          .sorted(Comparator.comparing(PullRequest::createdAt).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + state.pulls() + ": " + Reason.of(e), e);
    }
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
    if (!Files.isDirectory(state.pulls())) {
      return wrong;
    }
    try (Stream<Path> files = Files.find(state.pulls(), 2, (file, _) -> StateJson.isKept(file))) {
      for (Path file : files.sorted().toList()) {
        try {
          read(file);
        } catch (UnreadableState | UncheckedIOException e) {
          wrong.add(String.valueOf(e.getMessage()));
        }
      }
      return wrong;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + state.pulls() + ": " + Reason.of(e), e);
    }
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

  private Path directory(Path repository) {
    return state.pulls().resolve(Worktrees.nameOf(repository));
  }

  /** Adds a pull request with the next free number and returns it. */
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

  /** Returns the url of the pull request of a number: the path of its file. */
  String url(Path repository, int number) {
    return directory(repository).resolve(number + ".json").toString();
  }

  void write(PullRequest pr) {
    AtomicFile.write(Path.of(pr.url()), StateJson.pretty(pr));
  }
}
