package conductor.report.bundle;

import conductor.error.Reason;
import conductor.report.bundle.BundleArchive.Entry;
import conductor.report.bundle.BundleArchive.Unreadable;
import conductor.report.bundle.Manifest.Kept;
import conductor.state.HashedInput;
import conductor.state.HashedInput.Hash;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a bundle holds what its manifest says, and nothing else, and whether the runs in it
 * are whole. The file may come from anybody: it is read as a stream, and nothing of it is unpacked.
 */
public final class BundleVerification {

  /** Of a file that must not be there no more is read than this. */
  private static final long MOST_EXTRA = 1L << 30;

  private final Path file;
  private final Findings findings = new Findings();
  private final Map<String, RecordCheck> checks = new TreeMap<>();
  private final Map<String, Kept> expected = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();
  private @Nullable Manifest manifest;
  private long files;
  private long bytes;

  private BundleVerification(Path file) {
    this.file = file;
  }

  /**
   * Looks through a bundle.
   *
   * @throws UncheckedIOException when the file cannot be opened
   * @throws UnreadableState when a newer version wrote it
   */
  public static Verification of(Path file) {
    var verification = new BundleVerification(file);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      verification.look(raw);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
    return verification.result();
  }

  private Verification result() {
    String run = manifest == null ? "" : manifest.run();
    return new Verification(
        run,
        manifest == null ? null : manifest.conductor(),
        manifest == null ? Map.of() : manifest.formats(),
        manifest == null ? List.of() : manifest.runs(),
        files,
        bytes,
        findings.first(),
        findings.more(),
        manifest == null
            ? List.of()
            : manifest.leftOut().stream()
                .map(one -> one.path() + " was left out: " + one.why())
                .toList());
  }

  private void look(InputStream raw) throws IOException {
    try {
      BundleArchive archive = BundleArchive.open(raw);
      Optional<Manifest> read = manifest(archive);
      if (read.isEmpty()) {
        return;
      }
      manifest = read.get();
      findings.known(manifest.wrong());
      manifest.files().forEach(this::expect);
      for (Entry entry = archive.next(); entry != null; entry = archive.next()) {
        look(entry, archive.content());
      }
      expected.keySet().stream()
          .filter(path -> !seen.contains(path))
          .forEach(path -> findings.add(path, "it is gone, and the manifest names it"));
      checks.values().forEach(check -> check.findings().forEach(findings::add));
      withoutRecords();
      archive.end();
    } catch (Unreadable e) {
      findings.add(file.toString(), e.getMessage() + notReached());
    }
  }

  private String notReached() {
    long left = expected.keySet().stream().filter(path -> !seen.contains(path)).count();
    return manifest == null || left == 0
        ? ""
        : "; %d of the %d files of its manifest were not reached".formatted(left, expected.size());
  }

  /** Reads the first file of the archive; empty when it is no manifest. */
  private Optional<Manifest> manifest(BundleArchive archive) throws IOException {
    Entry first = archive.next();
    String path = first == null ? "" : below(first.name());
    if (first == null || !first.regular() || !path.equals(Manifest.NAME) || !first.isSafe()) {
      findings.add(file.toString(), "it is no bundle: it does not begin with " + Manifest.NAME);
      return Optional.empty();
    }
    byte[] text = archive.content().readNBytes(Manifest.LARGEST + 1);
    if (text.length > Manifest.LARGEST) {
      findings.add(path, "it has more than %d bytes, and is not read".formatted(Manifest.LARGEST));
      return Optional.empty();
    }
    try {
      Manifest read = StateJson.document(path, text, Manifest.class, Manifest.FORMAT);
      if (!first.name().equals(read.run() + "/" + path)) {
        findings.add(path, "it is of another bundle: it names the run " + read.run());
      }
      return Optional.of(read);
    } catch (UnreadableState e) {
      if (e.newer) {
        throw new UnreadableState(file + ": " + e.getMessage(), true);
      }
      findings.add(path, RecordCheck.said(path, e));
      return Optional.empty();
    }
  }

  private void expect(Kept kept) {
    if (expected.putIfAbsent(kept.path(), kept) != null) {
      findings.add(kept.path(), "the manifest names it twice");
    }
  }

  /** Returns a name without the directory that all files are in. */
  private static String below(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private void look(Entry entry, InputStream content) throws IOException {
    files++;
    String path = below(entry.name());
    Kept kept = expected.get(path);
    String wrong = wrong(entry, path, kept);
    if (wrong != null || kept == null) {
      findings.add(entry.isSafe() ? path : entry.name(), wrong == null ? "" : wrong);
      pass(entry, content);
      return;
    }
    seen.add(path);
    bytes += entry.size();
    Hash hash = hash(path, content, !kept.redacted().isEmpty());
    if (!hash.sha256().equals(kept.sha256())) {
      findings.add(
          path,
          "its SHA-256 is %s, and the manifest says %s".formatted(hash.sha256(), kept.sha256()));
    }
  }

  /** Returns why an entry is not looked into; null for one that is as the manifest says. */
  private @Nullable String wrong(Entry entry, String path, @Nullable Kept kept) {
    if (!entry.isSafe()) {
      return "its name leads out of the bundle";
    } else if (!entry.regular()) {
      return "it is a link, a directory or a device, and a bundle has files only";
    } else if (kept == null || !entry.name().equals(root() + path)) {
      return "the manifest does not name it";
    } else if (seen.contains(path)) {
      return "it is there twice";
    } else if (entry.size() != kept.size()) {
      seen.add(path);
      return "it has %d bytes, and the manifest says %d".formatted(entry.size(), kept.size());
    }
    return null;
  }

  private String root() {
    return manifest == null ? "" : manifest.run() + "/";
  }

  private static void pass(Entry entry, InputStream content) throws IOException {
    if (entry.size() > MOST_EXTRA) {
      throw new Unreadable("%s in it has %d bytes".formatted(entry.name(), entry.size()));
    }
    var _ = new HashedInput(content).finish();
  }

  private Hash hash(String path, InputStream content, boolean redacted) throws IOException {
    String[] parts = path.split("/", 3);
    if (path.startsWith(Manifest.RUNS) && parts.length == 3) {
      return check(parts[1]).take(parts[2], content, redacted);
    }
    return new HashedInput(content).finish();
  }

  private RecordCheck check(String run) {
    return checks.computeIfAbsent(run, id -> new RecordCheck(Manifest.RUNS + id + "/", id));
  }

  private void withoutRecords() {
    if (manifest != null) {
      manifest.runs().stream()
          .filter(run -> !checks.containsKey(run))
          .forEach(run -> findings.add(Manifest.RUNS + run, "it has no record"));
    }
  }
}
