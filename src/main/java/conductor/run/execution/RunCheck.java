package conductor.run.execution;

import conductor.engine.History;
import conductor.error.Reason;
import conductor.journal.BlobReferences;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.JournalException;
import conductor.journal.JournalFile;
import conductor.journal.Redactor;
import conductor.run.execution.Problem.Repair;
import conductor.run.record.Inbox;
import conductor.run.record.MetaWriter;
import conductor.run.record.OwnedElsewhere;
import conductor.run.record.Ownership;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import conductor.state.Digest;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import conductor.workflow.Pinned;
import conductor.workflow.PinnedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks the files of one run. */
final class RunCheck {

  private static final String RESTORE = "restore it";

  private final RunDirectory run;
  private final RunStore store;
  private final InstantSource clock;
  private final Supplier<Redactor> secrets;
  private final List<Problem> problems = new ArrayList<>();

  RunCheck(RunDirectory run, RunStore store, InstantSource clock, Supplier<Redactor> secrets) {
    this.run = run;
    this.store = store;
    this.clock = clock;
    this.secrets = secrets;
  }

  List<Problem> problems() {
    Optional<List<Entry>> entries = journal();
    Optional<RunMeta> meta = meta(entries);
    meta.ifPresent(known -> agree(known, entries));
    entries.ifPresent(_ -> blobs());
    source();
    agents();
    letters();
    readable(run.owner(), "delete it when no conductor executes the run", null);
    return problems;
  }

  private void add(Path file, String wrong, String advice, @Nullable Repair repair) {
    problems.add(new Problem(file, wrong, advice, repair));
  }

  /** Returns the journal's entries; empty when it cannot be read. */
  private Optional<List<Entry>> journal() {
    try {
      return Optional.of(JournalFile.read(run.trace()).entries());
    } catch (JournalException | UncheckedIOException e) {
      add(
          run.trace(),
          String.valueOf(e.getMessage()),
          "restore it from a backup; 'conductor resume' performs nothing until then",
          null);
      return Optional.empty();
    }
  }

  private Optional<RunMeta> meta(Optional<List<Entry>> entries) {
    try {
      return Optional.of(store.stored(run));
    } catch (UnreadableState | UncheckedIOException e) {
      unreadableMeta(e, entries, isNewer(e));
      return Optional.empty();
    }
  }

  private void unreadableMeta(RuntimeException e, Optional<List<Entry>> entries, boolean newer) {
    boolean derivable = !newer && entries.isPresent() && !entries.get().isEmpty() && isPinned();
    add(
        run.meta(),
        String.valueOf(e.getMessage()),
        derivable
            ? "--repair makes it from the journal"
            : newer ? "use the conductor that wrote it" : RESTORE,
        derivable ? () -> makeMeta(entries.get()) : null);
  }

  private static boolean isNewer(RuntimeException e) {
    return e instanceof UnreadableState state && state.newer;
  }

  private boolean isPinned() {
    try {
      Pinned.read(run.source());
      return true;
    } catch (UnreadableState | UncheckedIOException e) {
      return false;
    }
  }

  private void agree(RunMeta meta, Optional<List<Entry>> entries) {
    if (!meta.id().equals(run.id())) {
      add(run.meta(), "it is of the run " + meta.id(), RESTORE, null);
      return;
    }
    if (entries.isEmpty()) {
      return;
    }
    boolean ended = History.of(entries.get()).ended().isPresent();
    if ((entries.get().isEmpty() && meta.status() != RunStatus.PENDING)
        || (meta.status().ended() && !ended)) {
      add(
          run.trace(),
          "the journal is gone or cut off: meta.json says that the run is " + meta.status().text(),
          "restore it from a backup; 'conductor resume' performs nothing until then",
          null);
    } else if (ended && !meta.status().ended() && Ownership.of(run).isEmpty()) {
      add(
          run.meta(),
          "it says that the run is %s, and the journal has its end".formatted(meta.status().text()),
          "--repair makes it from the journal",
          () -> makeMeta(entries.get()));
    }
  }

  /** Rebuilds {@code meta.json} under the run's lock: what a live owner writes is newer. */
  private void makeMeta(List<Entry> entries) throws IOException {
    try (Ownership _ = Ownership.take(run, clock)) {
      Pinned pinned = Pinned.read(run.source());
      Instant created = entries.getFirst().at();
      RunMeta begun = RunMeta.begun(run, pinned, store.names().of(run.id()).orElse(null), created);
      var codec = new Codec(new Blobs(run.blobs()), secrets.get());
      var keeper = new MetaWriter(run, begun, codec, entries);
      Problem.setAside(run.meta());
      keeper.status(keeper.meta().status(), entries.getLast().at());
    } catch (OwnedElsewhere e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Checks every blob that the journal names, and those that these name. */
  private void blobs() {
    var seen = new HashSet<String>();
    if (Files.exists(run.trace())) {
      blobs(text(run.trace()), seen);
    }
  }

  private void blobs(String text, Set<String> seen) {
    BlobReferences.each(
        text,
        named -> {
          if (seen.add(named.sha256())) {
            blob(named, seen);
          }
        });
  }

  private void blob(BlobReferences.Reference named, Set<String> seen) {
    Path file = run.blobs().resolve(named.sha256());
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (!Digest.sha256(bytes).equals(named.sha256())) {
        add(file, "its content is not what was stored: the SHA-256 is another", RESTORE, null);
      } else if (named.isJson()) {
        blobs(new String(bytes, StandardCharsets.UTF_8), seen);
      }
    } catch (IOException e) {
      add(file, "it is gone or cannot be read, and the journal names it", RESTORE, null);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  private void source() {
    var sources = new ArrayList<Path>(List.of(run.source()));
    FileTree.in(run.source()).stream()
        .filter(file -> file.getFileName().toString().startsWith("edited-"))
        .filter(Files::isDirectory)
        .forEach(sources::add);
    for (Path source : sources) {
      try {
        PinnedFiles.problems(source, _ -> true)
            .forEach(problem ->
                add(
                    Path.of(problem.substring(0, problem.indexOf(": "))),
                    problem,
                    "restore it, or go on with 'conductor resume %s --edited FILE'"
                        .formatted(run.id()),
                    null));
        Pinned.read(source);
      } catch (UnreadableState | UncheckedIOException e) {
        unreadableSource(source, String.valueOf(e.getMessage()));
      }
    }
  }

  private void unreadableSource(Path source, String message) {
    boolean told = problems.stream().anyMatch(one -> message.contains(one.file().toString()));
    if (!told) {
      Path digests = source.resolve("files.json");
      add(
          message.contains(digests.toString()) ? digests : source.resolve("run.json"),
          message,
          RESTORE,
          null);
    }
  }

  private void agents() {
    for (Path file : StateJson.files(run.agents())) {
      readable(file, "restore it, or move it away when the run has ended", null);
    }
    FileTree.in(run.agents()).stream()
        .filter(Files::isDirectory)
        .forEach(agent -> readable(agent.resolve("agent.json"), RESTORE, null));
  }

  private void letters() {
    for (Path file : StateJson.files(run.inbox())) {
      try {
        StateJson.find(file, Inbox.Letter.class, 1);
      } catch (UnreadableState | UncheckedIOException e) {
        add(
            file,
            String.valueOf(e.getMessage()),
            isNewer(e) ? "use the conductor that wrote it" : "--repair sets it aside",
            isNewer(e) ? null : () -> Problem.setAside(file));
      }
    }
  }

  private void readable(Path file, String advice, @Nullable Repair repair) {
    try {
      StateJson.find(file, Map.class, 1);
    } catch (UnreadableState | UncheckedIOException e) {
      add(file, String.valueOf(e.getMessage()), advice, repair);
    }
  }
}
