package bench;

import conductor.effect.Effect;
import conductor.effect.Performer;
import conductor.effect.Program;
import conductor.effect.Site;
import conductor.engine.Run;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.engine.handler.Act;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.FileJournal;
import conductor.journal.Journal;
import conductor.journal.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Runs trivial effects through the engine, for the benchmarks. */
final class Runs {

  private Runs() {}

  /** An act whose intent must be on disk before it begins. */
  public record Deed(int number) implements Effect<Integer> {}

  /** Returns handlers that perform a deed at once. */
  static Handlers atOnce() {
    return Handlers.none()
        .with(
            Deed.class, (Deed deed) -> Act.adoptable(call -> deed.number(), call -> deed.number()));
  }

  /** Returns a script that performs so many deeds in a row. */
  static Consumer<Performer> row(int deeds) {
    return performer -> {
      for (int n = 0; n < deeds; n++) {
        performer.perform(new Deed(n), Site.HOST);
      }
    };
  }

  /** Runs a script until it is done. */
  static void execute(
      Journal journal, Path directory, Handlers handlers, Consumer<Performer> script)
      throws InterruptedException {
    var codec = new Codec(new Blobs(directory.resolve("blobs")), Redactor.none());
    var run =
        new Run(
            "wf-000001",
            journal,
            codec,
            handlers,
            Parking.never(),
            RunListener.none(),
            InstantSource.system());
    RunResult result = run.execute(program(script));
    if (!(result instanceof RunResult.Done)) {
      throw new IllegalStateException("the run ended as " + result);
    }
  }

  private static Program program(Consumer<Performer> script) {
    return new Program() {
      @Override
      public Object run(Performer performer) {
        script.accept(performer);
        return "done";
      }

      @Override
      public String explain(Throwable error) {
        return String.valueOf(error);
      }
    };
  }

  /** Returns a new directory below the one that the property bench.directory names. */
  static Path directory() {
    try {
      return Files.createTempDirectory(Path.of(System.getProperty("bench.directory")), "jmh");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A journal in a file that is not forced, and from which the end of its run is left out. */
  record Unforced(FileJournal journal) implements Journal {

    @Override
    public List<Entry> entries() {
      return journal.entries();
    }

    @Override
    public void append(Entry entry) {
      if (!(entry instanceof Entry.Ended)) {
        journal.append(entry);
      }
    }

    @Override
    public void sync() {}

    @Override
    public void close() {
      journal.close();
    }
  }
}
