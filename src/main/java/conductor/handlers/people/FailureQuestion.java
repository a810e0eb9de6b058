package conductor.handlers.people;

import conductor.effect.Coercion;
import conductor.effect.Effect;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.engine.handler.Parking.Decision;
import conductor.journal.Reflected;
import conductor.state.StateJson;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The question of how to continue after a failed effect: determines the possible answers and
 * interprets them. An answer is a word, with a text after some of them.
 */
public final class FailureQuestion {

  private static final String RETRY = "retry";
  private static final String FAIL = "fail";
  private static final String EXTEND = "extend";
  private static final String EDIT = "edit";
  private static final String ANSWER = "answer";

  /** The names of arguments that can be edited; an effect has at most one of them. */
  private static final List<String> EDITABLE = List.of("prompt", "command", "message");

  private static final Set<Type> GIVEN_BY_HAND = Set.of(String.class, Object.class, Boolean.class);

  private FailureQuestion() {}

  /** Returns the forms of the answers to a failure; words in capitals stand for a text. */
  public static List<String> answers(Effect<?> effect) {
    var answers = new ArrayList<String>();
    answers.add(RETRY);
    if (!limits(effect).isEmpty()) {
      answers.add(EXTEND + " TIME");
    }
    editable(effect).ifPresent(component -> answers.add(EDIT + " TEXT"));
    if (GIVEN_BY_HAND.contains(replyType(effect))) {
      answers.add(ANSWER + " VALUE");
    }
    answers.add(FAIL);
    return answers;
  }

  public static boolean accepts(List<String> answers, String text) {
    String[] words = text.strip().split("\\s", 2);
    for (String form : answers) {
      String[] formed = form.split(" ", 2);
      if (formed[0].equals(words[0]) && formed.length == words.length) {
        return !formed[0].equals(EXTEND) || isTime(words[1]);
      }
    }
    return false;
  }

  private static boolean isTime(String text) {
    try {
      return Coercion.duration(text.strip()).isPositive();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns the decision of an answer; empty for a text that is not an answer. */
  static Optional<Decision> decision(Effect<?> effect, String answer) {
    if (!accepts(answers(effect), answer)) {
      return Optional.empty();
    }
    String[] words = answer.strip().split("\\s", 2);
    return Optional.of(
        switch (words[0]) {
          case RETRY -> new Decision.Again(effect);
          case EXTEND -> new Decision.Again(with(effect, limits(effect), words[1].strip()));
          case EDIT ->
              new Decision.Again(with(effect, editable(effect).stream().toList(), words[1]));
          case ANSWER -> new Decision.Reply(reply(replyType(effect), words[1].strip()));
          case FAIL -> new Decision.Fail();
          default -> throw new IllegalStateException(words[0]);
        });
  }

  private static @Nullable Object reply(Type type, String text) {
    if (type == Boolean.class) {
      return Boolean.valueOf(text);
    }
    if (type == String.class) {
      return text;
    }
    return StateJson.value(text).orElse(text);
  }

  private static Type replyType(Effect<?> effect) {
    return Vocabulary.standard()
        .signature(effect.kind())
        .map(Signature::replyType)
        .orElse(Void.class);
  }

  private static List<String> limits(Effect<?> effect) {
    return components(effect)
        .map(RecordComponent::getName)
        .filter(Set.of("timeout", "idleTimeout")::contains)
        .toList();
  }

  private static Optional<String> editable(Effect<?> effect) {
    return components(effect).map(RecordComponent::getName).filter(EDITABLE::contains).findFirst();
  }

  private static Stream<RecordComponent> components(Effect<?> effect) {
    return Arrays.stream(effect.getClass().getRecordComponents());
  }

  private static Effect<?> with(Effect<?> effect, List<String> names, String value) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    components(effect)
        .forEach(component ->
            arguments.put(component.getName(), Reflected.component((Record) effect, component)));
    names.forEach(name -> arguments.put(name, value));
    arguments.values().removeIf(argument -> argument == null);
    return Vocabulary.standard().signature(effect.kind()).orElseThrow().bind(arguments, List.of());
  }
}
