package conductor.report.bundle;

import conductor.journal.BlobReferences;
import conductor.journal.Entry;
import conductor.journal.JournalException;
import conductor.journal.JournalFile;
import conductor.journal.JournalLines;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.state.HashedInput;
import conductor.state.HashedInput.Hash;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import conductor.workflow.PinnedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the files of one run, each of which it reads once and none of which it keeps: that the
 * journal is whole, that all is there that it names, and that each file agrees with the others.
 */
final class RecordCheck {

  private static final String JOURNAL = "trace.jsonl";
  private static final String META = "meta.json";
  private static final Pattern AGENT =
      Pattern.compile("agents/[^/]+\\.json|agents/[^/]+/agent\\.json");
  private static final int LARGEST_DOCUMENT = 64 << 20;

  private final String prefix;
  private final String id;
  private final SourceCheck source = new SourceCheck();
  private final BlobCheck blobs = new BlobCheck();
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable RunMeta meta;
  private boolean metaSeen;
  private boolean journalSeen;
  private boolean ended;
  private boolean torn;

  /**
   * Creates the check of a run.
   *
   * @param prefix stands before the paths of its files in findings
   */
  RecordCheck(String prefix, String id) {
    this.prefix = prefix;
    this.id = id;
  }

  /**
   * Checks a file, which is read to its end.
   *
   * @param path in the run's directory
   * @param redacted whether secrets were replaced in it
   */
  Hash take(String path, InputStream content, boolean redacted) throws IOException {
    var hashed = new HashedInput(content);
    String blob =
        path.startsWith(BlobCheck.DIRECTORY) ? path.substring(BlobCheck.DIRECTORY.length()) : "";
    if (path.equals(JOURNAL)) {
      journal(hashed);
    } else if (path.equals(META)) {
      meta(hashed);
    } else if (!blob.isEmpty()) {
      BlobReferences.each(hashed, reference -> blobs.within(blob, reference));
    } else if (SourceCheck.isDigests(path)) {
      document(path, hashed, PinnedFiles.class, PinnedFiles.FORMAT)
          .ifPresent(pinned -> source.digests(path, pinned));
    } else if (AGENT.matcher(path).matches()) {
      var _ = document(path, hashed, Map.class, 1);
    }
    Hash hash = hashed.finish();
    if (!blob.isEmpty()) {
      blobs.take(blob, hash, redacted);
    } else if (SourceCheck.holds(path)) {
      source.take(path, hash, redacted);
    }
    return hash;
  }

  /** Returns whether something is behind the journal's last record. */
  boolean torn() {
    return torn;
  }

  /** Returns what is wrong, when all files were taken. */
  List<Finding> findings() {
    if (!metaSeen) {
      add(META, "it is gone");
    }
    if (!journalSeen && (meta == null || meta.status() != RunStatus.PENDING)) {
      add(JOURNAL, "it is gone");
    } else if (meta != null && meta.status().ended() && !ended && isJournalRead()) {
      add(JOURNAL, "it is cut off: meta.json says that the run is " + meta.status().text());
    }
    source.problems(this::add);
    blobs.problems(this::add);
    return findings;
  }

  private boolean isJournalRead() {
    return findings.stream().noneMatch(one -> one.file().equals(prefix + JOURNAL));
  }

  private void add(String path, String wrong) {
    findings.add(new Finding(prefix + path, wrong, false));
  }

  private void journal(InputStream content) throws IOException {
    journalSeen = true;
    try {
      torn = JournalLines.read(Path.of(prefix + JOURNAL), content, this::entry).torn();
    } catch (JournalException.Damaged e) {
      add(JOURNAL, "line %d: %s".formatted(e.line, e.reason));
    } catch (JournalException.TooNew e) {
      add(
          JOURNAL,
          "it is of a newer format than this version knows, which is %d; use a newer conductor"
              .formatted(JournalFile.FORMAT));
    }
  }

  private void entry(Entry entry, byte[] line) {
    if (entry instanceof Entry.Opened opened && !opened.run().equals(id)) {
      add(JOURNAL, "it is of the run " + opened.run());
    }
    boolean again = entry instanceof Entry.Retried || entry instanceof Entry.Edited;
    ended = entry instanceof Entry.Ended || (ended && !again);
    BlobReferences.each(new String(line, StandardCharsets.ISO_8859_1), blobs::named);
  }

  private void meta(InputStream content) throws IOException {
    metaSeen = true;
    meta = document(META, content, RunMeta.class, RunMeta.FORMAT).orElse(null);
    if (meta != null && !meta.id().equals(id)) {
      add(META, "it is of the run " + meta.id());
    }
  }

  private <T> Optional<T> document(String path, InputStream content, Class<T> type, int format)
      throws IOException {
    byte[] bytes = content.readNBytes(LARGEST_DOCUMENT + 1);
    if (bytes.length > LARGEST_DOCUMENT) {
      add(path, "it has more than %d bytes, and is not read".formatted(LARGEST_DOCUMENT));
      return Optional.empty();
    }
    try {
      return Optional.of(StateJson.document(path, bytes, type, format));
    } catch (UnreadableState e) {
      add(path, said(path, e));
      return Optional.empty();
    }
  }

  /** Returns what an error says of a document, without the document's name at its beginning. */
  static String said(String name, UnreadableState error) {
    String rest = String.valueOf(error.getMessage()).substring(name.length());
    return rest.startsWith(":") ? "line " + rest.substring(1) : "it" + rest;
  }
}
