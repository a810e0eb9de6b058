package conductor.report.bundle;

import conductor.error.Reason;
import conductor.error.UserError;
import conductor.journal.JournalException;
import conductor.journal.JournalFile;
import conductor.journal.Redactor;
import conductor.run.record.RunFiles;
import conductor.state.HashedInput.Hash;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes one run into a bundle. It may go on meanwhile: what is taken first was written last, so
 * that all is there that a file names.
 */
final class BundledRun {

  private final RunDirectory run;
  private final Redactor secrets;
  private final RunFiles files;
  private final RecordCheck check;
  private final Spool spool;
  private final Contents contents;

  BundledRun(RunDirectory run, Redactor secrets, Spool spool, Contents contents) {
    this.run = run;
    this.secrets = secrets;
    this.files = new RunFiles(run, secrets);
    this.check = new RecordCheck(Manifest.RUNS + run.id() + "/", run.id());
    this.spool = spool;
    this.contents = contents;
  }

  /** Takes all files of the run, and a page about it. */
  void take(Page page) throws InterruptedException {
    take(run.meta());
    Optional<JournalFile> journal = journal();
    try {
      for (Path file : files.all()) {
        if (!file.equals(run.meta()) && !file.equals(run.trace())) {
          take(file);
        }
      }
      for (Path file : files.others()) {
        contents.leaveOut(path(file), "it is a link or a device");
      }
    } catch (IOException e) {
      unreadable(run.root(), e);
    }
    page(page, journal);
    check.findings().forEach(one -> contents.wrong(one.file(), one.wrong()));
  }

  /** Takes the journal up to its last whole line, and returns it; empty when it is damaged. */
  private Optional<JournalFile> journal() {
    Optional<JournalFile> read = Optional.empty();
    try (FileChannel file = FileChannel.open(run.trace())) {
      try {
        read = Optional.of(JournalFile.read(run.trace()));
      } catch (JournalException | UncheckedIOException e) {
        // the check of its content says so
      }
      long length = read.isPresent() ? read.get().length() : file.size();
      read.filter(JournalFile::torn)
          .ifPresent(torn ->
              contents.leaveOut(
                  path(run.trace()),
                  "its last %d bytes, which are no whole line"
                      .formatted(torn.size() - torn.length())));
      keep(run.trace(), new FilePart(file, 0, length));
    } catch (NoSuchFileException e) {
      // the check says so
    } catch (IOException e) {
      unreadable(run.trace(), e);
    }
    return read;
  }

  private void take(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      keep(file, content);
    } catch (NoSuchFileException e) {
      // the run goes on
    } catch (IOException e) {
      unreadable(file, e);
    }
  }

  private void keep(Path file, InputStream content) throws IOException {
    String path = path(file);
    if (contents.holds(path)) {
      contents.leaveOut(path, "another file has this name without its secret");
      return;
    }
    Set<String> redacted = new TreeSet<>();
    Spool.Part part = spool.add(to -> redacted.addAll(files.copy(file, content, to)));
    Hash hash = check.take(below(file), spool.read(part), !redacted.isEmpty());
    contents.add(path, part, hash, redacted);
  }

  private void unreadable(Path file, IOException e) {
    contents.wrong(path(file), "it cannot be read: " + Reason.of(e));
    contents.leaveOut(path(file), "it cannot be read");
  }

  private String below(Path file) {
    return secrets.redact(run.root().relativize(file).toString());
  }

  private String path(Path file) {
    return Manifest.RUNS + run.id() + "/" + below(file);
  }

  private void page(Page page, Optional<JournalFile> journal) throws InterruptedException {
    String path = Manifest.REPORTS + run.id() + ".html";
    if (journal.isEmpty()) {
      contents.leaveOut(path, "the journal cannot be read");
      return;
    }
    try {
      byte[] text = page.of(run, journal.get().entries()).getBytes(StandardCharsets.UTF_8);
      Spool.Part part = spool.add(to -> to.write(text));
      contents.add(path, part, Hash.of(text), Set.of());
    } catch (UserError | UncheckedIOException e) {
      contents.leaveOut(
          path, "it cannot be made: " + secrets.redact(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
