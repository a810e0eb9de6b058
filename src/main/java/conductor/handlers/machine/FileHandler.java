package conductor.handlers.machine;

import conductor.effect.FileEffect;
import conductor.effect.FileFailure;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Act;
import conductor.engine.handler.DiskTrouble;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Key;
import conductor.engine.handler.Secrets;
import conductor.engine.handler.WorktreePath;
import conductor.state.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Handles {@code ReadFile} and {@code WriteFile}, text files inside worktrees, and {@code
 * SaveArtifact}. Links that lead out of the worktree are not followed.
 */
public final class FileHandler implements Handler<FileEffect<?>> {

  private static final long LARGEST = 16L << 20;
  private static final Path GIT = Path.of(".git");

  private final Secrets secrets;
  private final Artifacts artifacts;

  /**
   * @param secrets the values that replace the placeholders of secrets in written text
   * @param artifacts the directory of the files that the run keeps
   */
  public FileHandler(Secrets secrets, Path artifacts) {
    this.secrets = secrets;
    this.artifacts = new Artifacts(artifacts);
  }

  @Override
  public Act<?> act(FileEffect<?> effect) {
    return switch (effect) {
      case FileEffect.ReadFile read -> Act.repeatable(call -> read(read.env(), read.path()));
      case FileEffect.WriteFile write ->
          Act.repeatable(call -> {
            call.step("write", Act.adoptable(step -> write(write, step.key())));
            return null;
          });
      case FileEffect.SaveArtifact save -> Act.adoptable(call -> artifacts.save(save, call.key()));
    };
  }

  /** Writes a file; an existing file keeps its permissions. */
  private boolean write(FileEffect.WriteFile write, Key key) {
    Path named = inside(write.env(), write.path());
    try {
      Path file = notGits(write.env(), named, write.path());
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new FileFailure.NotText(write.path(), "it is no file");
      }
      Set<PosixFilePermission> kept =
          Files.exists(file) ? Files.getPosixFilePermissions(file) : Set.of();
      AtomicFile.write(file, secrets.value(write.content()), scratch(write.env(), file, key));
      if (!kept.isEmpty()) {
        Files.setPosixFilePermissions(file, kept);
      }
      return true;
    } catch (IOException e) {
      throw unusable("write", write.path(), e);
    } catch (UncheckedIOException e) {
      throw unusable("write", write.path(), e.getCause());
    }
  }

  private static Path notGits(WorktreeEnv env, Path named, String path) throws IOException {
    Path file = Files.exists(named) ? named.toRealPath() : named;
    Path within = env.path().toRealPath().relativize(file);
    if (StreamSupport.stream(within.spliterator(), false).anyMatch(GIT::equals)) {
      throw new FileFailure.NotText(path, "it is git's own");
    }
    return file;
  }

  /**
   * Beside the worktree: what is left there by a kill is in nobody's commit. What is beside a
   * checkout is nobody's business: there beside the file.
   */
  private static Path scratch(WorktreeEnv env, Path file, Key key) {
    if (env.ofUser()) {
      return file.resolveSibling("." + key.fileName() + ".writing");
    }
    return env.path().resolveSibling(env.id() + "." + key.fileName() + ".writing");
  }

  private static FileFailure unusable(String what, String path, @Nullable IOException e) {
    String reason = e instanceof FileSystemException told ? told.getReason() : null;
    DiskTrouble.stopIfSaid("cannot " + what + " " + path, String.valueOf(e));
    return new FileFailure.NotText(
        path,
        "cannot %s it: %s"
            .formatted(
                what,
                reason != null
                    ? reason
                    : e == null ? "unknown" : e.getClass().getSimpleName() + " " + e.getMessage()));
  }

  private static String read(WorktreeEnv env, String path) {
    Path file = inside(env, path);
    try {
      if (Files.isDirectory(file)) {
        throw new FileFailure.NotText(path, "it is a directory");
      }
      if (!Files.exists(file)) {
        throw new FileFailure.FileNotFound(path, env.path());
      }
      if (!Files.isRegularFile(file)) {
        throw new FileFailure.NotText(path, "it is a pipe, a device or a socket");
      }
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new FileFailure.NotText(
            path, "it has %d bytes, more than %d".formatted(size, LARGEST));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new FileFailure.NotText(path, "it is not UTF-8");
    } catch (IOException e) {
      throw unusable("read", path, e);
    }
  }

  private static Path inside(WorktreeEnv env, String path) {
    try {
      return WorktreePath.of(env.path(), path);
    } catch (InvalidPathException e) {
      throw new FileFailure.NotText(path, "it is no path: " + e.getReason());
    } catch (IOException e) {
      throw new FileFailure.FileNotFound(path, env.path());
    }
  }
}
