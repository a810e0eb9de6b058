package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.Effect;
import conductor.effect.FileEffect;
import conductor.effect.NotJournalable;
import conductor.effect.Own;
import conductor.effect.WorktreeEnv;
import conductor.state.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** Arguments of effects, and the hashes by which a replay knows them again (laws 4 and 5). */
class HashTest {

  private static final String SECRET = "x1-8characters";

  @TempDir private Path temp;

  private final Redactor redactor = Redactor.of(Map.of("A_TOKEN", SECRET), List.of());

  private Codec codec() {
    return new Codec(new Blobs(temp), redactor);
  }

  private static WorktreeEnv env(String id, String path) {
    return new WorktreeEnv(
        id,
        Path.of(path),
        "work",
        "main",
        null,
        "c0",
        null,
        Path.of("/repo"),
        Instant.EPOCH,
        null,
        null);
  }

  private static Own weigh(@Nullable Object value) {
    var arguments = new LinkedHashMap<String, @Nullable Object>();
    arguments.put("value", value);
    return new Own("Weigh", arguments);
  }

  private String hash(Effect<?> effect) {
    return codec().hash(effect);
  }

  /** The keys of acts that earlier versions left in the world hold these digits. */
  @Test
  void aHashStaysWhatItWas() {
    assertThat(
            List.of(
                hash(weigh("text")),
                hash(weigh(Map.of("a", List.of(1, 2L)))),
                hash(new FileEffect.ReadFile(env("e1", "/a"), "README"))))
        .containsExactly("94024362a5b0", "1d12672a889e", "8d976b6a6076");
  }

  /** Written by a generator of text until now, by one of bytes since. */
  @Test
  void aHashIsOfTheTextThatATreePrints() throws Exception {
    for (String text : List.of("\ud83d\ude00 a \u0001 \u20ac \u2028 / \" \\ <", "\ud83d", "\n\t")) {
      var value = new LinkedHashMap<String, Object>();
      value.put(text.replace("\ud83d\ude00", "x").replace("\ud83d", "y"), List.of(text, 1, 2.5));
      var node = JsonNodeFactory.instance.objectNode();
      node.set("value", codec().encode(value, "value"));
      String printed = "Weigh" + node;

      assertThat(hash(weigh(value)))
          .as(printed)
          .isEqualTo(Digest.sha256(printed.getBytes(StandardCharsets.UTF_8)).substring(0, 12));
    }
  }

  @Test
  void handlesCountByTheirIdentityAlsoWithinListsAndMaps() {
    var one = env("e1", "/a");
    var same = env("e1", "/b");
    var other = env("e2", "/a");

    assertThat(hash(weigh(one))).isEqualTo(hash(weigh(same))).isNotEqualTo(hash(weigh(other)));
    assertThat(hash(weigh(List.of(one))))
        .isEqualTo(hash(weigh(List.of(same))))
        .isNotEqualTo(hash(weigh(List.of(other))));
    assertThat(hash(weigh(Map.of("k", one))))
        .isEqualTo(hash(weigh(Map.of("k", same))))
        .isNotEqualTo(hash(weigh(Map.of("k", other))));
  }

  @Test
  void theOrderOfAMapDoesNotCountThatOfAListDoes() {
    var ab = new LinkedHashMap<String, Integer>();
    ab.put("a", 1);
    ab.put("b", 2);
    var ba = new LinkedHashMap<String, Integer>();
    ba.put("b", 2);
    ba.put("a", 1);

    assertThat(hash(weigh(ab))).isEqualTo(hash(weigh(ba)));
    assertThat(hash(weigh(List.of(1, 2)))).isNotEqualTo(hash(weigh(List.of(2, 1))));
  }

  @Test
  void anArgumentThatWasNotGivenDoesNotCount() {
    assertThat(hash(weigh(null))).isEqualTo(hash(new Own("Weigh", Map.of())));
    assertThat(hash(weigh(Arrays.asList(1, null)))).isNotEqualTo(hash(weigh(List.of(1))));
    assertThat(hash(new Own("Lift", Map.of()))).isNotEqualTo(hash(new Own("Weigh", Map.of())));
  }

  @Test
  void aHashDependsOnNoSecretThatIsKnownAndStoresNothing() throws Exception {
    String large = (SECRET + " ").repeat(Codec.LARGE);
    var other = new Codec(new Blobs(temp), Redactor.none());

    assertThat(hash(weigh(large))).isEqualTo(other.hash(weigh(large)));
    assertThat(hash(weigh(Map.of(SECRET, SECRET))))
        .isEqualTo(other.hash(weigh(Map.of(SECRET, SECRET))))
        .isNotEqualTo(hash(weigh(Map.of("***A_TOKEN***", "***A_TOKEN***"))));
    assertThat(hash(weigh(large))).isNotEqualTo(hash(weigh(large + " ")));
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatCannotBeHashedIsNamed() {
    assertThatThrownBy(() -> hash(weigh(new Thread("x"))))
        .isInstanceOf(NotJournalable.class)
        .hasMessageStartingWith("Weigh.value is a java.lang.Thread,");
    assertThatThrownBy(() -> hash(weigh(Map.of(1, 1))))
        .isInstanceOf(NotJournalable.class)
        .hasMessageStartingWith("a key of Weigh.value is a java.lang.Integer,");
  }

  @Test
  void argumentsAreWrittenByTheirNamesAndReadBackAsTheEffect() {
    var codec = codec();
    var read = new FileEffect.ReadFile(env("e1", "/a"), "it is " + SECRET);

    var encoded = codec.encodeArguments(read);

    assertThat(encoded.path("env").path("base_commit").asString()).isEqualTo("c0");
    assertThat(encoded.path("path").asString()).isEqualTo("it is ***A_TOKEN***");
    assertThat(codec.decodeArguments(FileEffect.ReadFile.class, encoded))
        .isEqualTo(new FileEffect.ReadFile(read.env(), "it is ***A_TOKEN***"));
    assertThat(codec.decodeEffect("ReadFile", encoded))
        .isEqualTo(new FileEffect.ReadFile(read.env(), "it is ***A_TOKEN***"));
    assertThat(codec.encodeArguments(weigh(null)).isEmpty()).isTrue();
    assertThatThrownBy(() -> codec.encodeArguments(weigh(new Thread("x"))))
        .hasMessageStartingWith("Weigh.value is a java.lang.Thread,");
  }

  @Test
  void anEffectOfAnUnknownNameIsTheScriptsOwn() {
    var codec = codec();
    var own = new Own("Weigh", Map.of("value", List.of(1L)));

    assertThat(codec.decodeEffect("Weigh", codec.encodeArguments(own))).isEqualTo(own);
    assertThat(codec.decodeEffect("WorktreeEnv", codec.encodeArguments(own)))
        .isEqualTo(new Own("WorktreeEnv", own.arguments()));
  }
}
