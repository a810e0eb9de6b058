package conductor.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Takes bundles apart, and puts together what no conductor would. */
final class BundleFile {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar =
      new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

  BundleFile() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  /** Returns the content of each file, in the order of the archive. */
  static Map<String, byte[]> files(Path bundle) throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(bundle)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files.put(entry.getName(), tar.readAllBytes());
      }
    }
    return files;
  }

  static BundleFile of(Map<String, byte[]> files) throws IOException {
    var bundle = new BundleFile();
    for (var file : files.entrySet()) {
      bundle.add(file.getKey(), file.getValue());
    }
    return bundle;
  }

  BundleFile add(String name, byte[] content) throws IOException {
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    return add(entry, content);
  }

  BundleFile add(TarArchiveEntry entry, byte[] content) throws IOException {
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return this;
  }

  BundleFile link(String name, String target) throws IOException {
    var entry = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK);
    entry.setLinkName(target);
    return add(entry, new byte[0]);
  }

  /** Writes the archive, compressed. */
  void write(Path file) throws IOException {
    tar.finish();
    gzip(file, bytes.toByteArray());
  }

  /** Writes the archive, and as many zeros behind the header of its last entry as are asked for. */
  void write(Path file, String name, byte type, long zeros) throws IOException {
    var entry = new TarArchiveEntry(name, type);
    var header = new byte[512];
    entry.setSize(zeros);
    entry.writeEntryHeader(header);
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(bytes.toByteArray());
      gzip.write(header);
      var part = new byte[1 << 20];
      for (long done = 0; done < zeros; done += part.length) {
        gzip.write(part);
      }
    }
  }

  static void gzip(Path file, byte[] content) throws IOException {
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(content);
    }
  }
}
