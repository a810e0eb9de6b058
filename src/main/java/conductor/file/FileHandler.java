package conductor.file;

import conductor.effect.FileEffect;
import conductor.effect.FileFailure;
import conductor.effect.WorktreeEnv;
import conductor.handler.Act;
import conductor.handler.Handler;
import conductor.state.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Reads and writes text files inside worktrees; links that lead out are not followed. */
public final class FileHandler implements Handler<FileEffect<?>> {

  private static final long LARGEST = 16L << 20;

  @Override
  public Act<?> act(FileEffect<?> effect) {
    return switch (effect) {
      case FileEffect.ReadFile read -> Act.repeatable(call -> read(read.env(), read.path()));
      case FileEffect.WriteFile write -> {
        Act.Work<Boolean> work =
            call -> {
              AtomicFile.write(inside(write.env(), write.path()), write.content());
              return true;
            };
        yield Act.repeatable(call -> {
          call.step("write", Act.adoptable(work, work));
          return null;
        });
      }
    };
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
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Path inside(WorktreeEnv env, String path) {
    try {
      Path root = env.path().toRealPath();
      Path file = root.resolve(path).normalize();
      Path there = file;
      while (!Files.exists(there, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        there = Objects.requireNonNull(there.getParent());
      }
      boolean dangling = Files.isSymbolicLink(there) && !Files.exists(there);
      if (!file.startsWith(root) || dangling || !there.toRealPath().startsWith(root)) {
        throw new FileFailure.OutsideWorktree(path, env.path());
      }
      return file;
    } catch (IOException e) {
      throw new FileFailure.FileNotFound(path, env.path());
    }
  }
}
