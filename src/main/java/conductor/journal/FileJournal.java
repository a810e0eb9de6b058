package conductor.journal;

import conductor.state.PrivateFiles;
import conductor.state.SyncedDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A journal in a file of JSON lines, each with a checksum, readable with any JSON tool. One writer,
 * any number of readers.
 */
public final class FileJournal implements Journal {

  private final Path file;
  private final FileChannel channel;
  private final List<Entry> entries;
  private final Optional<Path> setAside;
  private int written;
  private int synced;
  private boolean broken;

  private FileJournal(
      Path file, FileChannel channel, List<Entry> entries, Optional<Path> setAside) {
    this.file = file;
    this.channel = channel;
    this.entries = entries;
    this.setAside = setAside;
    this.written = entries.size();
    this.synced = entries.size();
  }

  /**
   * Opens or makes a journal for writing. Moves a torn tail to a file beside it.
   *
   * @throws JournalException when it cannot be used; it is unchanged then
   */
  public static FileJournal open(Path file) {
    JournalFile found = JournalFile.read(file);
    try {
      Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
      SyncedDirectory.create(directory);
      var channel =
          PrivateFiles.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      Optional<Path> setAside =
          found.torn() ? Optional.of(setAside(file, found.length())) : Optional.empty();
      channel.truncate(found.length());
      channel.position(found.length());
      channel.force(true);
      SyncedDirectory.sync(directory);
      return new FileJournal(file, channel, found.entries(), setAside);
    } catch (IOException e) {
      throw new JournalException.Unwritable(file, e);
    }
  }

  /** Returns the file to which a torn tail was moved at opening; empty when there was none. */
  public Optional<Path> setAside() {
    return setAside;
  }

  @Override
  public List<Entry> entries() {
    return entries;
  }

  @Override
  public void append(Entry entry) {
    usable();
    var line = ByteBuffer.wrap(new Line(written + 1, synced, entry).bytes());
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      broken = true;
      throw new JournalException.Unwritable(file, e);
    }
    written++;
  }

  @Override
  public void sync() {
    usable();
    if (synced == written) {
      return;
    }
    try {
      channel.force(false);
    } catch (IOException e) {
      broken = true;
      throw new JournalException.Unwritable(file, e);
    }
    synced = written;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException.Unwritable(file, e);
    }
  }

  private void usable() {
    if (broken) {
      throw new JournalException.Unwritable(file, new IOException("an earlier write failed"));
    }
  }

  private static Path setAside(Path file, long from) throws IOException {
    for (int n = 1; ; n++) {
      Path aside = file.resolveSibling(file.getFileName() + ".torn-" + n);
      if (!Files.exists(aside)) {
        try (var source = FileChannel.open(file, StandardOpenOption.READ);
            var target =
                PrivateFiles.open(
                    aside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
          source.transferTo(from, source.size() - from, target);
        }
        return aside;
      }
    }
  }
}
