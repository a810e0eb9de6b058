package conductor.run.execution;

import conductor.journal.Redactor;
import conductor.run.record.RunFiles;
import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes all files of a run into one ZIP file, with secrets replaced in each. A run may go on
 * meanwhile: its journal is taken up to the last whole line.
 */
record RunArchive(RunDirectory run, Redactor secrets) {

  /** Writes the file, whole or not at all; replaces one that is there. */
  void write(Path file) {
    var files = new RunFiles(run, secrets);
    AtomicFile.write(
        file,
        to -> {
          var zip = new ZipOutputStream(to);
          for (Path one : files.all()) {
            add(zip, files, one);
          }
          zip.finish();
        });
  }

  private void add(ZipOutputStream zip, RunFiles files, Path file) throws IOException {
    try (var content = Files.newInputStream(file)) {
      zip.putNextEntry(new ZipEntry(run.id() + "/" + run.root().relativize(file)));
      files.copy(file, content, zip);
      zip.closeEntry();
    } catch (NoSuchFileException e) {
      // the run goes on
    }
  }
}
