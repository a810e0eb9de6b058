package conductor.handlers.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A cache of at most four repositories that JGit has open, with the indices of their packs, and of
 * the decision which repositories JGit must not read. A repository is opened anew when its
 * settings, its packs or the files that hide history changed. Refs are kept for no longer than one
 * answer. Safe for use by several threads.
 */
final class JGitRepositories {

  private static final int MOST = 4;

  /** The most bytes of pack indices, because JGit reads them into the heap, which git does not. */
  private static final long MOST_OF_INDICES = 64L << 20;

  /** Repository extensions, in lower case, that do not change how objects and refs are read. */
  private static final Set<String> HARMLESS = Set.of("noop", "preciousobjects", "worktreeconfig");

  static {
    JGitSystem.install();
  }

  private final Map<Path, Opened> opened = new LinkedHashMap<>();

  /** A repository, null when the git program has to read it, and its stamp when it was opened. */
  private record Opened(@Nullable Repository repository, List<String> stamp) {
    void close() {
      if (repository != null) {
        repository.close();
      }
    }
  }

  interface Query<T> {
    T answer(JGitObjects objects) throws IOException;
  }

  /** Answers a query from a worktree's repository; throws when JGit cannot or must not read it. */
  <T> T read(Path top, Query<T> query) throws IOException {
    GitDirectories directories = GitDirectories.of(top).orElseThrow(NotForJGit::new);
    try (Repository repository = use(directories.common());
        JGitObjects objects = new JGitObjects(repository, directories)) {
      return query.answer(objects);
    }
  }

  /** Returns an open repository, whose use count is raised until the caller closes it. */
  private synchronized Repository use(Path common) throws IOException {
    List<String> stamp = stamp(common);
    Opened known = opened.remove(common);
    if (known == null || !known.stamp().equals(stamp)) {
      if (known != null) {
        known.close();
      }
      known = new Opened(isForJGit(common) ? open(common) : null, stamp);
    }
    opened.put(common, known);
    if (opened.size() > MOST) {
      Iterator<Opened> eldest = opened.values().iterator();
      eldest.next().close();
      eldest.remove();
    }
    if (known.repository() == null) {
      throw new NotForJGit();
    }
    known.repository().incrementOpen();
    return known.repository();
  }

  private static Repository open(Path common) throws IOException {
    return new FileRepositoryBuilder()
        .setGitDir(common.toFile())
        .setGitCommonDir(common.toFile())
        .setBare()
        .setMustExist(true)
        .build();
  }

  /** Returns the times, sizes and file keys of the files that decide how a repository is read. */
  private static List<String> stamp(Path common) {
    return Stream.of("config", "objects/pack", "objects/info/alternates", "info/grafts", "shallow")
        .map(name -> stamped(common.resolve(name)))
        .toList();
  }

  private static String stamped(Path file) {
    try {
      var now = Files.readAttributes(file, BasicFileAttributes.class);
      return "%s %s %s".formatted(now.lastModifiedTime(), now.size(), now.fileKey());
    } catch (IOException _) {
      return "";
    }
  }

  private static boolean isForJGit(Path common) throws IOException {
    return !Files.exists(common.resolve("objects/info/alternates"))
        && !Files.exists(common.resolve("info/grafts"))
        && !Files.exists(common.resolve("reftable"))
        && hasPlainPacks(common.resolve("objects/pack"))
        && hasPlainSettings(common.resolve("config"));
  }

  private static boolean hasPlainPacks(Path packs) throws IOException {
    long indices = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(packs, "*.{idx,promisor}")) {
      for (Path file : files) {
        if (file.toString().endsWith(".promisor")) {
          return false;
        }
        indices += Files.size(file);
      }
    } catch (NoSuchFileException _) {
      return true;
    }
    return indices <= MOST_OF_INDICES;
  }

  private static boolean hasPlainSettings(Path file) throws IOException {
    var settings = new Config();
    try {
      settings.fromText(Files.readString(file));
    } catch (ConfigInvalidException e) {
      throw new IOException(e);
    }
    return settings.getNames("extensions").stream()
            .allMatch(name -> HARMLESS.contains(name.toLowerCase(Locale.ROOT)))
        && settings.getSubsections("remote").stream()
            .noneMatch(remote ->
                settings.getString("remote", remote, "promisor") != null
                    || settings.getString("remote", remote, "partialclonefilter") != null);
  }

  /** Thrown where the git program has to answer instead of JGit. */
  static final class NotForJGit extends IOException {
    NotForJGit() {
      super("not for JGit", null);
    }

    static void unless(boolean isForJGit) throws NotForJGit {
      if (!isForJGit) {
        throw new NotForJGit();
      }
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
