package conductor.config;

import conductor.state.AtomicFile;
import conductor.state.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the programs that a project's {@code .conductor} names may run here: agents, hooks,
 * workflows and what they import. A person trusts them by their content; a change asks again.
 */
public final class Trust {

  private static final List<String> RUNS = List.of("agents.", "profiles.", "worktree.", "forge.");

  private final Places places;

  public Trust(Places places) {
    this.places = places;
  }

  /**
   * What the project brings that could run something, a line each; empty when it brings nothing.
   */
  public List<String> brings() {
    return places.projectConfig().map(Trust::brings).orElse(List.of());
  }

  private static List<String> brings(Path project) {
    var brings = new ArrayList<String>();
    for (Path file : files(project)) {
      if (file.equals(project.resolve("config.yaml"))) {
        List<String> keys =
            new ConfigurationFile(file)
                .settings().stream().map(Setting::key).filter(Trust::runs).toList();
        if (!keys.isEmpty()) {
          brings.add(file + ": " + String.join(", ", keys));
        }
      } else {
        brings.add(file.toString());
      }
    }
    return brings;
  }

  /** Whether a setting could run something. */
  static boolean runs(String key) {
    return RUNS.stream().anyMatch(key::startsWith);
  }

  /** Whether it may run: it brings nothing, or was trusted as it is now. */
  public boolean given() {
    return brings().isEmpty() || known().equals(Optional.of(content()));
  }

  /** Whether it was trusted once, with other content. */
  public boolean changed() {
    return known().isPresent() && !given();
  }

  /**
   * Makes sure that it may run.
   *
   * @throws NotTrusted when nobody said so
   */
  public void require() {
    if (!given()) {
      throw new NotTrusted(
          "%s; it could run programs on this machine:\n  %s\nlook at it, then run 'conductor trust'"
              .formatted(state(), String.join("\n  ", brings())));
    }
  }

  private String state() {
    return places.projectConfig().orElseThrow()
        + (changed() ? " changed since it was trusted" : " is not trusted");
  }

  /** Trusts it as it is now. */
  public void give() {
    AtomicFile.write(record(), content() + "\n");
  }

  /** Trusts it no more. */
  public void revoke() {
    try {
      Files.deleteIfExists(record());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + record() + ": " + e.getMessage(), e);
    }
  }

  private Optional<String> known() {
    try {
      return Files.exists(record())
          ? Optional.of(Files.readString(record()).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + record() + ": " + e.getMessage(), e);
    }
  }

  private Path record() {
    String project = places.projectConfig().orElseThrow().toString();
    String name = Digest.sha256(project.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    return places.state().root().resolve("trust").resolve(name);
  }

  private String content() {
    Path project = places.projectConfig().orElseThrow();
    var all = new ByteArrayOutputStream();
    try {
      for (Path file : files(project)) {
        String line =
            Digest.sha256(Files.readAllBytes(file)) + " " + project.relativize(file) + "\n";
        all.write(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + project + ": " + e.getMessage(), e);
    }
    return Digest.sha256(all.toByteArray());
  }

  private static List<Path> files(Path project) {
    // what links lead to could run like what lies there itself
    try (Stream<Path> files = Files.walk(project, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw new BadConfiguration("cannot look through " + project + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + project + ": " + e.getMessage(), e);
    }
  }
}
