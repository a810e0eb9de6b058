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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps compiled scripts in files, so that a script is compiled once. A file is used only when it
 * and its directory belong to this user, nobody else can write to them, and it is what was written.
 * Nothing is lost with it: what cannot be read or written is compiled again. Safe for use by
 * several processes.
 *
 * <p>What is compiled may depend on more than the key says, such as on files that a script imports,
 * which two projects have under one name. Such variants of a key lie beside each other.
 *
 * @param directory where the files lie; made when the first is kept
 * @param build tells this build of conductor, and the JDK, from others, whose compilers differ
 */
public record CompiledCache(Path directory, String build) {

  private static final int MOST = 200;

  /** How many variants of one key are kept. */
  private static final int VARIANTS = 20;

  private static final int DIGEST = 64;
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** Returns the name of a script's file: by everything that decides what is compiled. */
  public String key(String name, String text) {
    return Digest.sha256(String.join("\0", build, name, text).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the keys of the variants of a key, the last that was kept first. */
  public List<String> variants(String key) {
    return newest(FileTree.in(directory).stream().filter(file -> isVariant(file, key)).toList())
        .map(file -> file.getFileName().toString())
        .toList();
  }

  private static boolean isVariant(Path file, String key) {
    return file.getFileName().toString().startsWith(key + ".");
  }

  private static Stream<Path> newest(List<Path> files) {
    Map<Path, Long> written = new HashMap<>(); // once each: others write meanwhile
    files.forEach(file -> written.put(file, file.toFile().lastModified()));
    return files.stream().sorted(Comparator.comparing(written::get).reversed());
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

  /**
   * Keeps the content of a variant of a key.
   *
   * @param variant tells it from the others of this key, in letters and digits
   */
  public void keep(String key, String variant, byte[] content) {
    keep(key + "." + variant, content);
    forget(
        FileTree.in(directory).stream().filter(file -> isVariant(file, key)).toList(),
        VARIANTS,
        VARIANTS);
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
      forget(FileTree.in(directory), MOST, MOST / 2);
    } catch (IOException | UncheckedIOException e) {
      // the script is compiled again next time
    }
  }

  /** Deletes the oldest of files when there are too many. */
  private static void forget(List<Path> files, int most, int left) {
    if (files.size() > most) {
      newest(files).skip(left).forEach(file -> file.toFile().delete());
    }
  }
}
