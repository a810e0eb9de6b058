package conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import conductor.cli.Project;
import conductor.effect.Effect;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.engine.Run;
import conductor.engine.RunListener;
import conductor.engine.handler.Act;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Journal;
import conductor.journal.JournalFile;
import conductor.journal.Redactor;
import conductor.script.Library;
import conductor.state.RunDirectory;
import conductor.workflow.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every journal that a version wrote replays for ever (laws 2, 3, 4 and 6): the workflow comes to
 * the same end, nothing is performed, and nothing is written. Each version adds a directory of its
 * own, a journal for each family of effects, by {@code -Dgolden.write=true}; what is there is never
 * written anew.
 */
class GoldenJournalsTest {

  private static final Path ROOT = Path.of("src/test/resources/journals");
  private static final String VERSION = "0.1.0";

  /** Where the runs of the journals were: their paths are in them. */
  private static final Path THEN = Path.of("/tmp/conductor-golden");

  private static final String AGENT = "prompt=$(cat); echo $prompt > said.txt; echo heard $prompt";
  private static final String CHILD =
      """
      @Param('how many') int n
      yield Exec("exit ${n == 0 ? 1 : 0}", check: true)
      return n * 2
      """;

  @TempDir private Path temp;

  static List<String> journals() throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      return names(ROOT.resolve("flows")).stream()
          .map(flow -> VERSION + "/" + flow.replace(".groovy", ""))
          .toList();
    }
    var all = new ArrayList<String>();
    for (String version : names(ROOT)) {
      if (!version.equals("flows")) {
        names(ROOT.resolve(version)).forEach(flow -> all.add(version + "/" + flow));
      }
    }
    return all;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("journals")
  void aJournalOfAnEarlierVersionReplays(String journal) throws Exception {
    Path kept = ROOT.resolve(journal);
    if (!Files.exists(kept)) {
      write(kept);
    }
    List<Entry> entries = JournalFile.read(kept.resolve("trace.jsonl")).entries();
    var end = (Entry.Ended) entries.getLast();
    var codec = new Codec(new Blobs(temp, kept.resolve("blobs")), Redactor.none());
    var refused = new ArrayList<String>();
    var read = new Kept(entries.subList(0, entries.size() - 1));

    new Run(
            "wf-000000",
            read,
            codec,
            Handlers.none().with(Effect.class, new Refusal(refused)),
            Parking.never(),
            RunListener.none(),
            InstantSource.system())
        .execute(
            Language.compile(
                    "flow.groovy",
                    Files.readString(kept.resolve("flow.groovy")),
                    Library.of(List.of()))
                .program(Map.of(), null));

    assertThat(refused).as("performed").isEmpty();
    assertThat(read.written)
        .as("written: nothing but how it ended, as it ended then")
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("at")
        .containsExactly(end);
    assertThat(end.status()).isEqualTo("done");
  }

  @Test
  void thereIsAJournalOfEachFamilyOfEffects() throws Exception {
    var asked = new TreeSet<String>();
    for (String journal : journals()) {
      JournalFile.read(ROOT.resolve(journal).resolve("trace.jsonl")).entries().stream()
          .filter(Entry.Asked.class::isInstance)
          .forEach(entry -> asked.add(((Entry.Asked) entry).effect()));
    }
    Map<Class<?>, Set<String>> families =
        Vocabulary.standard().signatures().stream()
            .collect(
                Collectors.groupingBy(
                    signature -> signature.type().getEnclosingClass(),
                    Collectors.mapping(Signature::name, Collectors.toSet())));
    assertThat(families)
        .allSatisfy((family, names) ->
            assertThat(asked).as(family.getSimpleName()).containsAnyElementsOf(names));
  }

  /** Performs nothing, and tells what it was asked for. */
  private record Refusal(List<String> refused) implements Handler<Effect<?>> {

    @Override
    public Act<?> act(Effect<?> effect) {
      return Act.indeterminate(call -> {
        refused.add(call.key().position() + " " + effect);
        return null;
      });
    }
  }

  /** A journal that is read, and whatever was added to it. */
  private static final class Kept implements Journal {

    private final List<Entry> entries;
    private final List<Entry> written = new ArrayList<>();

    Kept(List<Entry> entries) {
      this.entries = entries;
    }

    @Override
    public List<Entry> entries() {
      return entries;
    }

    @Override
    public void append(Entry entry) {
      written.add(entry);
    }

    @Override
    public void sync() {}

    @Override
    public void close() {}
  }

  private static void write(Path kept) throws Exception {
    assumeThat(Files.exists(THEN)).as(THEN + " is in the way").isFalse();
    Project project = Project.withOrigin(Files.createDirectories(THEN)).agent(AGENT);
    try {
      project.file("child.groovy", CHILD);
      String flow = Files.readString(ROOT.resolve("flows").resolve(kept.getFileName() + ".groovy"));
      project.flow(flow).ok();
      RunDirectory run =
          project.state.run(
              project
                  .conductor("ps", "--json")
                  .json()
                  .valueStream()
                  .filter(one -> one.path("parent").asString("").isEmpty())
                  .findFirst()
                  .orElseThrow()
                  .path("id")
                  .asString());
      Files.createDirectories(kept.resolve("blobs"));
      Files.writeString(kept.resolve("flow.groovy"), flow);
      Files.copy(run.trace(), kept.resolve("trace.jsonl"));
      for (String blob : Files.isDirectory(run.blobs()) ? names(run.blobs()) : List.<String>of()) {
        Files.copy(run.blobs().resolve(blob), kept.resolve("blobs").resolve(blob));
      }
    } finally {
      project.sh(Path.of("/"), "rm -rf " + THEN);
    }
  }
}
