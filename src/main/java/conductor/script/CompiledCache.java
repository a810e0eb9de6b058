package conductor.script;

import conductor.state.Digest;
import conductor.state.FileTree;
import conductor.state.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps compiled scripts in files, so that a script is compiled once. A file is used only when it
 * and its directory belong to this user, nobody else can write to them, and it is what was written.
 * Nothing is lost with it: what cannot be read or written is compiled again.
 *
 * @param directory where the files lie; made when the first is kept
 * @param build tells this build of conductor, and the JDK, from others, whose compilers differ
 */
public record CompiledCache(Path directory, String build) {

  private static final int MOST = 200;
  private static final int DIGEST = 64;
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** Returns the name of a script's file: by everything that decides what is compiled. */
  public String key(String name, String text) {
    return Digest.sha256(String.join("\0", build, name, text).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns what was kept under a key; empty when there is none that can be trusted. */
  public Optional<byte[]> find(String key) {
    Path file = directory.resolve(key);
    try {
      if (!Files.isRegularFile(file) || !isOwn(directory) || !isOwn(file)) {
        return Optional.empty();
      }
      byte[] kept = Files.readAllBytes(file);
      if (kept.length < DIGEST) {
        return Optional.empty();
      }
      byte[] content = Arrays.copyOfRange(kept, DIGEST, kept.length);
      String digest = new String(kept, 0, DIGEST, StandardCharsets.US_ASCII);
      return Digest.sha256(content).equals(digest) ? Optional.of(content) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isOwn(Path file) throws IOException {
    return Files.getOwner(file).equals(Files.getOwner(Path.of("/proc/self")))
        && Files.getPosixFilePermissions(file).stream().noneMatch(OF_OTHERS::contains);
  }

  /** Keeps the content of a key. */
  public void keep(String key, byte[] content) {
    try {
      PrivateFiles.directories(directory);
      Path written = Files.createTempFile(directory, ".", ".new");
      byte[] digest = Digest.sha256(content).getBytes(StandardCharsets.US_ASCII);
      byte[] all = Arrays.copyOf(digest, DIGEST + content.length);
      System.arraycopy(content, 0, all, DIGEST, content.length);
      Files.write(written, all);
      Files.move(written, directory.resolve(key), StandardCopyOption.ATOMIC_MOVE);
      forget();
    } catch (IOException | UncheckedIOException e) {
      // the script is compiled again next time
    }
  }

  /** Deletes the oldest files when there are too many. */
  private void forget() {
    List<Path> all = FileTree.in(directory);
    if (all.size() > MOST) {
      all.stream()
          .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .limit(all.size() - MOST / 2)
          .forEach(file -> file.toFile().delete());
    }
  }
}
