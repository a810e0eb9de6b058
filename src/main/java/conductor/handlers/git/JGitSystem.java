package conductor.handlers.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Isolates JGit from the machine's configuration. Settings of the user or the system do not change
 * objects and refs, so none of these files is read, and git is not run to find them. JGit would
 * measure the timestamp resolution of a file system for seconds and write it to the user's home;
 * this class reports a coarse resolution of two seconds instead, with which JGit only reads a file
 * again more often than needed.
 */
final class JGitSystem extends SystemReader.Delegate {

  private static final long COARSEST_SECONDS = 2;

  private JGitSystem(SystemReader usual) {
    super(usual);
  }

  /** Installs this class in JGit. Must be called before any other use of JGit. */
  static void install() {
    SystemReader.setInstance(new JGitSystem(SystemReader.getInstance()));
    var cache = new WindowCacheConfig();
    cache.setExposeStatsViaJmx(false);
    cache.install();
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new NoFile(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new NoFile(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new NoFile(parent, fs);
  }

  /** A file that does not exist. */
  private static final class NoFile extends FileBasedConfig {

    NoFile(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public boolean isOutdated() {
      return false;
    }

    @Override
    public void save() {
      throw new IllegalStateException("JGit must write nothing");
    }

    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long usual, TimeUnit unit) {
      return section.equals("filesystem")
          ? unit.convert(COARSEST_SECONDS, TimeUnit.SECONDS)
          : super.getTimeUnit(section, subsection, name, usual, unit);
    }
  }
}
