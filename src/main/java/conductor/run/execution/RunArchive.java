package conductor.run.execution;

import conductor.error.Reason;
import conductor.journal.Redactor;
import conductor.state.CheckedLine;
import conductor.state.PrivateFiles;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes all files of a run into one ZIP file, with secrets replaced in each. A run may go on
 * meanwhile: its journal is taken up to the last whole line.
 */
record RunArchive(RunDirectory run, Redactor secrets) {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /** Writes the file, whole or not at all; replaces one that is there. */
  void write(Path file) {
    Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      try (var zip =
          new ZipOutputStream(Channels.newOutputStream(PrivateFiles.open(beside, NEW)))) {
        for (Path one : files()) {
          add(zip, one);
        }
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + Reason.of(e), e);
    } finally {
      beside.toFile().delete();
    }
  }

  /** Returns the regular files of the run but those of its lock; links are not followed. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(run.root())) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.equals(run.lock()) && !file.equals(run.owner()))
          .sorted()
          .toList();
    }
  }

  private void add(ZipOutputStream zip, Path file) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return; // the run goes on
    }
    zip.putNextEntry(new ZipEntry(run.id() + "/" + run.root().relativize(file)));
    zip.write(file.equals(run.trace()) ? journal(content) : redacted(content));
    zip.closeEntry();
  }

  private byte[] redacted(byte[] content) {
    Charset charset = isText(content) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String text = new String(content, charset);
    String redacted = secrets.redact(text);
    return redacted.equals(text) ? content : redacted.getBytes(charset);
  }

  private static boolean isText(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Returns the whole lines of a journal; each that held a secret gets another checksum. */
  private byte[] journal(byte[] content) {
    var journal = new java.io.ByteArrayOutputStream(content.length);
    int start = 0;
    for (int end = 0; end < content.length; end++) {
      if (content[end] == '\n') {
        journal.writeBytes(line(Arrays.copyOfRange(content, start, end + 1)));
        start = end + 1;
      }
    }
    return journal.toByteArray();
  }

  private byte[] line(byte[] line) {
    byte[] redacted = redacted(line);
    int end = line.length - 1 - CheckedLine.TAIL;
    if (Arrays.equals(redacted, line) || end <= 0 || !CheckedLine.isChecked(line, 0, end)) {
      return redacted;
    }
    byte[] object = redacted(Arrays.copyOf(line, end));
    return CheckedLine.of(object, object.length);
  }
}
