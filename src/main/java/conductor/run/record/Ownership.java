package conductor.run.record;

import conductor.error.Reason;
import conductor.state.AtomicFile;
import conductor.state.PrivateFiles;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right to execute a run: a file lock that ends with its process (law 8). At most one
 * live process of the host holds it.
 */
public final class Ownership implements AutoCloseable {

  private static final Set<String> NETWORKED =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb3",
          "smbfs",
          "afs",
          "9p",
          "ceph",
          "lustre",
          "beegfs",
          "fuse.sshfs",
          "fuse.s3fs",
          "fuse.rclone",
          "fuse.glusterfs");

  private final RunDirectory run;
  private final FileChannel channel;

  private Ownership(RunDirectory run, FileChannel channel) {
    this.run = run;
    this.channel = channel;
  }

  /**
   * Takes the lock of a run.
   *
   * @throws OwnedElsewhere when another process, or another part of this one, holds it
   * @throws UnreadableState on a file system whose locks cannot be trusted
   */
  public static Ownership take(RunDirectory run, InstantSource clock) {
    try {
      refuseUntrusted(run.root(), Files.getFileStore(run.root()).type());
      FileChannel channel =
          PrivateFiles.open(
              run.lock(), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      if (lock(channel) == null) {
        channel.close();
        throw new OwnedElsewhere(
            "%s is executed by %s; look with 'conductor show %s', or stop it first"
                .formatted(
                    run.id(),
                    Owner.read(run.owner()).map(Owner::toString).orElse("another process"),
                    run.id()));
      }
      AtomicFile.write(run.owner(), StateJson.pretty(Owner.current(clock.instant())));
      return new Ownership(run, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + run.lock() + ": " + Reason.of(e), e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  static void refuseUntrusted(Path directory, String type) {
    if (NETWORKED.contains(type)) {
      throw new UnreadableState(
          "%s is on %s, where locks cannot be trusted; choose a local directory with --state-dir or CONDUCTOR_STATE_DIR"
              .formatted(directory, type));
    }
  }

  /**
   * Returns the live process that executes a run, from the owner file; takes no lock. Empty when
   * there is none.
   */
  public static Optional<Owner> of(RunDirectory run) {
    return Owner.read(run.owner()).filter(Owner::alive);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(run.owner());
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the run: " + Reason.of(e), e);
    }
  }
}
