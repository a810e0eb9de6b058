package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.AgentRef;
import conductor.effect.Own;
import conductor.state.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What another run takes over of a journal. */
class JournalCopyTest {

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Position POSITION = new Position("4");
  private static final Map<String, String> NAMES =
      Map.of("wf-000001", "wf-000002", "wf-000001-b", "c$1", "other", "wf-000001");

  @TempDir private Path temp;

  private Blobs from;
  private Codec before;
  private Codec after;
  private JournalCopy copy;

  @BeforeEach
  void open() {
    from = new Blobs(temp.resolve("from"));
    var to = new Blobs(temp.resolve("to"));
    before = new Codec(from, Redactor.none());
    after = new Codec(to, Redactor.none());
    copy = new JournalCopy(NAMES, from, to, after);
  }

  private static JsonNode json(String text) {
    return JsonTrees.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private Entry.Asked asked(Position position, Object value) {
    var effect = new Own("Weigh", Map.of("value", value));
    JsonNode arguments = before.encodeArguments(effect);
    return new Entry.Asked(
        AT,
        position,
        "Weigh",
        arguments,
        arguments,
        before.hash(effect),
        1,
        List.of("wf-000001:1"));
  }

  @Test
  void ofTwoNamesTheLongerOneIsFoundAndNoneTwice() {
    assertThat(copy.told("wf-000001, wf-000001-b, wf-000001-c and other"))
        .isEqualTo("wf-000002, c$1, wf-000002-c and wf-000001");
  }

  @Test
  void namesAreReplacedInKeysTextsListsAndHandlesAndAllElseStays() {
    var entry =
        new Entry.Replied(
            AT,
            POSITION,
            new Outcome.Value(
                json("{'wf-000001':[1,true,null,0.5,'in other'],'blob':{'of':'wf-000001'}}")),
            true);

    assertThat(copy.of(entry))
        .isEqualTo(
            new Entry.Replied(
                AT,
                POSITION,
                new Outcome.Value(
                    json(
                        "{'wf-000002':[1,true,null,0.5,'in wf-000001'],'blob':{'of':'wf-000002'}}")),
                true));
  }

  @Test
  void argumentsThatChangeHashToWhatTheOtherRunAsksFor() {
    Entry.Asked told = (Entry.Asked) copy.of(asked(POSITION, "wf-000001"));

    assertThat(told.arguments()).isEqualTo(json("{'value':'wf-000002'}"));
    assertThat(told.resolved()).isEqualTo(told.arguments());
    assertThat(told.hash())
        .isEqualTo(after.hash(new Own("Weigh", Map.of("value", "wf-000002"))))
        .isNotEqualTo(asked(POSITION, "wf-000001").hash());
    assertThat(told.calls()).containsExactly("wf-000002:1");
    assertThat(told.at()).isEqualTo(AT);
    assertThat(told.position()).isEqualTo(POSITION);
    assertThat(told.effect()).isEqualTo("Weigh");
    assertThat(told.epoch()).isEqualTo(1);
  }

  /** A step's hash is that of its effect: nobody computes it anew. */
  @Test
  void theHashOfAStepAndOfArgumentsThatStayIsKept() {
    Entry.Asked step = asked(POSITION.step("push"), "wf-000001");
    var kept =
        new Entry.Asked(AT, POSITION, "Weigh", json("{'value':1}"), null, "kept", 1, List.of());

    assertThat(((Entry.Asked) copy.of(step)).hash()).isEqualTo(step.hash());
    assertThat(copy.of(kept)).isEqualTo(kept);
  }

  @Test
  void handlesAreThoseOfTheOtherRun() {
    var agent = new AgentRef("wf-000001:impl", "impl", "wf-000001", null, "claude");

    Entry.Asked told = (Entry.Asked) copy.of(asked(POSITION, agent));

    assertThat(after.decodeEffect("Weigh", told.arguments()))
        .isEqualTo(
            new Own(
                "Weigh",
                Map.of(
                    "value", new AgentRef("wf-000002:impl", "impl", "wf-000002", null, "claude"))));
  }

  @Test
  void largeValuesAreCopiedWithTheNamesOfTheOtherRun() throws Exception {
    String text = "wf-000001 ä ".repeat(Codec.LARGE);
    List<String> items = List.of("wf-000001-b".repeat(1000), "a".repeat(Codec.LARGE / 2));
    Map<Object, Object> told =
        Map.of(
            text,
            text.replace("wf-000001", "wf-000002"),
            items,
            List.of("c$1".repeat(1000), items.get(1)));

    for (var value : told.entrySet()) {
      var reply =
          new Entry.Replied(
              AT, POSITION, new Outcome.Value(before.encode(value.getKey(), "it")), false);
      var copied = (Entry.Replied) copy.of(reply);
      JsonNode blob = ((Outcome.Value) copied.outcome()).value();
      assertThat(after.decode(blob)).isEqualTo(value.getValue());
      assertThat(temp.resolve("to").resolve(blob.path("sha256").asString()))
          .hasSize(blob.path("size").intValue());
    }
    try (Stream<Path> files = Files.list(temp.resolve("to"))) {
      assertThat(files).hasSize(2);
    }
  }
}
