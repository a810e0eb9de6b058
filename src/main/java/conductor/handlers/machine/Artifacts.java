package conductor.handlers.machine;

import conductor.effect.FileEffect.SaveArtifact;
import conductor.effect.FileFailure;
import conductor.engine.handler.DiskTrouble;
import conductor.engine.handler.Key;
import conductor.engine.handler.WorktreePath;
import conductor.error.Reason;
import conductor.state.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The files that a run keeps: whole copies, which no later change of a worktree reaches.
 *
 * @param directory the run's directory for them; made with the first
 */
record Artifacts(Path directory) {

  /**
   * Copies a file and returns the copy. Can be repeated: the copy is then made again.
   *
   * @throws FileFailure when there is no such file, or its copy cannot have the wanted name
   */
  Path save(SaveArtifact save, Key key) {
    Path from = existing(save);
    try {
      Files.createDirectories(directory);
      String name = Objects.requireNonNullElse(save.name(), from.getFileName().toString());
      Path to = WorktreePath.of(directory, name);
      if (Files.isDirectory(to)) {
        throw new FileFailure.NotSaved(save.path(), "'" + name + "' is a directory of artifacts");
      }
      AtomicFile.copy(from, to, directory.resolveSibling("artifacts." + key.fileName()));
      return directory.resolve(directory.toRealPath().relativize(to));
    } catch (InvalidPathException e) {
      throw new FileFailure.NotSaved(save.path(), "its name is no path: " + e.getReason());
    } catch (IOException e) {
      throw unusable(save, e);
    } catch (UncheckedIOException e) {
      throw unusable(save, Objects.requireNonNull(e.getCause()));
    }
  }

  private static FileFailure unusable(SaveArtifact save, IOException e) {
    DiskTrouble.stopIfSaid("cannot save " + save.path(), String.valueOf(e));
    return new FileFailure.NotSaved(save.path(), Reason.of(e));
  }

  private static Path existing(SaveArtifact save) {
    Path worktree = save.env().path();
    try {
      Path file = WorktreePath.of(worktree, save.path());
      if (Files.isDirectory(file)) {
        throw new FileFailure.NotSaved(
            save.path(),
            "it is a directory; pack it first, as by Exec('tar -czf all.tgz DIRECTORY')");
      }
      if (!Files.exists(file)) {
        throw new FileFailure.FileNotFound(save.path(), worktree);
      }
      if (!Files.isRegularFile(file)) {
        throw new FileFailure.NotSaved(save.path(), "it is a pipe, a device or a socket");
      }
      return file;
    } catch (InvalidPathException e) {
      throw new FileFailure.NotSaved(save.path(), "it is no path: " + e.getReason());
    } catch (IOException e) {
      throw new FileFailure.FileNotFound(save.path(), worktree);
    }
  }
}
