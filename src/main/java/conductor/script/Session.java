package conductor.script;

import conductor.effect.Entered;
import conductor.effect.Performer;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person enters, evaluated piece by piece: each sees the imports, variables, methods and
 * classes of those before it. For one run.
 *
 * <p>{@link #evaluate} is called on the thread of the run's branch; the rest may be called from any
 * thread.
 */
public interface Session {

  /** Whether a text can be evaluated. */
  enum Reading {
    /** It can, or is wrong and evaluating it says why. */
    WHOLE,
    /** Something is open at its end. */
    UNFINISHED
  }

  /** Returns whether a text is finished. */
  Reading read(String text);

  /** Returns whether a text of several lines or a comment is open at the end. */
  boolean isInText(String text);

  /** Who performs what is yielded from now on. */
  void by(Performer performer);

  /**
   * Evaluates what was entered. A statement that fails changes no variable; those before it stand.
   *
   * @return the value of its last expression; null where there is none
   * @throws ScriptErrors when it does not compile or fails the checks; nothing of it ran
   * @throws Throwable what it throws
   */
  @Nullable Object evaluate(Entered entered) throws Throwable;

  /** Returns the variables by name, in the order in which they came to be. */
  Map<String, @Nullable Object> variables();

  /** Returns a value as a person reads it; text in quotes. */
  String shown(@Nullable Object value);

  /** Tells an error to who entered it: where, with a mark below the column, and what to do. */
  String explain(Throwable error);

  /**
   * Returns the workflow that does what was entered. What failed is left out.
   *
   * @return what it takes to compile it is in it; ends with a line end unless it is empty
   */
  String saved();

  /** Returns how the names of the files end that {@link #saved} is for. */
  String suffix();

  /** Returns the effects that are known by now. */
  Vocabulary vocabulary();

  /** Returns how an effect is constructed, in a line. */
  String shape(Signature effect);

  /** Returns a line that uses an effect; empty when there is none in this language. */
  Optional<String> example(Signature effect);

  /** Returns what is entered to run another workflow. */
  String running(String workflow);

  /** Returns the words that may stand at a place of a text. */
  Suggested suggest(String text, int cursor);

  /**
   * Returns the signature of the effect in whose arguments a place of a text is; empty elsewhere.
   */
  String signature(String text, int cursor);

  /** Returns the parts of a text, in order, that are more than plain code. */
  List<Colored> colored(String text);

  /**
   * What may stand at a place.
   *
   * @param from where in the text the word begins that the place is in
   * @param quoted which names may stand there that no session knows
   */
  record Suggested(int from, Quoted quoted, List<Suggestion> words) {}

  /** What a text in quotes may hold. */
  enum Quoted {
    /** It is no text, or all that it may be is known. */
    NOTHING,
    /** Anything. */
    ANYTHING,
    /** The type of an agent. */
    AGENT_TYPE
  }

  /**
   * A word that may stand somewhere.
   *
   * @param about what it is, in a few words
   */
  record Suggestion(String word, String about) {}

  /** A part of a text with what it is. */
  record Colored(int start, int end, Kind kind) {}

  /** What a part of a text is. */
  enum Kind {
    WORD,
    EFFECT,
    TEXT,
    NUMBER,
    COMMENT
  }
}
