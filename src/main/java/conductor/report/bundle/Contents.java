package conductor.report.bundle;

import conductor.report.bundle.Manifest.Kept;
import conductor.report.bundle.Manifest.LeftOut;
import conductor.report.bundle.Spool.Part;
import conductor.state.HashedInput.Hash;
import conductor.state.StateJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** What a bundle is to hold, until it is written: sorted, and without anything of this machine. */
final class Contents {

  private static final int MODE = 0100600;

  private final Spool spool;
  private final TreeMap<String, Part> parts = new TreeMap<>();
  private final TreeMap<String, Kept> kept = new TreeMap<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<Finding> wrong = new ArrayList<>();

  Contents(Spool spool) {
    this.spool = spool;
  }

  boolean holds(String path) {
    return kept.containsKey(path);
  }

  void add(String path, Part part, Hash hash, Set<String> redacted) {
    parts.put(path, part);
    kept.put(path, new Kept(path, hash.size(), hash.sha256(), List.copyOf(redacted)));
  }

  void leaveOut(String path, String why) {
    leftOut.add(new LeftOut(path, why));
  }

  void wrong(String path, String wrong) {
    this.wrong.add(new Finding(path, wrong, true));
  }

  Manifest manifest(String run, List<String> runs) {
    return new Manifest(
        Manifest.FORMAT,
        Contents.class.getPackage().getImplementationVersion(),
        run,
        Manifest.known(),
        runs,
        List.copyOf(kept.values()),
        List.copyOf(leftOut),
        List.copyOf(wrong));
  }

  /** Writes the archive, with the manifest first; does not close what it writes to. */
  void write(Manifest manifest, OutputStream to) throws IOException {
    byte[] first = StateJson.pretty(manifest).getBytes(StandardCharsets.UTF_8);
    if (first.length > Manifest.LARGEST) {
      throw new IOException("a run of %d files is too large for it".formatted(kept.size()));
    }
    var gzip = new GZIPOutputStream(to, 1 << 16);
    var tar = new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    begin(tar, manifest.run() + "/" + Manifest.NAME, first.length);
    tar.write(first);
    tar.closeArchiveEntry();
    for (var part : parts.entrySet()) {
      begin(tar, manifest.run() + "/" + part.getKey(), part.getValue().length());
      try (var content = spool.read(part.getValue())) {
        content.transferTo(tar);
      }
      tar.closeArchiveEntry();
    }
    tar.finish();
    gzip.finish();
  }

  private static void begin(TarArchiveOutputStream tar, String name, long size) throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(MODE);
    entry.setModTime(FileTime.fromMillis(0));
    entry.setIds(0, 0);
    entry.setUserName("");
    entry.setGroupName("");
    tar.putArchiveEntry(entry);
  }
}
