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
 * Evaluates what a person enters, one entry after the other: each entry sees the imports,
 * variables, methods and classes of those before it. One instance belongs to one run and one
 * language.
 *
 * <p>{@link #evaluate} is called on the thread of the run's branch; the other methods may be called
 * from any thread.
 */
public interface Session {

  /** Tells whether a text can be evaluated. */
  enum Reading {
    /** The text can be evaluated, or is wrong and its evaluation tells why. */
    WHOLE,
    /** A bracket, text or comment is open at the end. */
    UNFINISHED
  }

  /** Returns whether a text is finished, or more lines must follow. */
  Reading read(String text);

  /** Returns whether a multi-line string or a comment is open at the end. */
  boolean isInText(String text);

  /** Sets the performer of the effects that are yielded from now on. */
  void by(Performer performer);

  /**
   * Evaluates an entry. A statement that fails changes no variable; the statements before it keep
   * their effect.
   *
   * @return the value of the last expression; null when there is none
   * @throws ScriptErrors when the entry does not compile or fails the checks; then nothing of it
   *     ran
   * @throws Throwable what the entry throws
   */
  @Nullable Object evaluate(Entered entered) throws Throwable;

  /**
   * Evaluates the script of a workflow that is looked into, like {@link #evaluate}; but what it
   * assigned before it failed or was interrupted stays assigned.
   */
  @Nullable Object follow(Entered script) throws Throwable;

  /** Forgets what was entered, all or a name; variables of the run's start are as at its start. */
  void forget(Forgetting what);

  /** Returns what was evaluated so far, also what failed; {@code line-3} is the third. */
  List<Entered> entered();

  /** Returns the imports that were entered and are in force, as code. */
  List<String> imports();

  /** Returns the names that a session can be made to forget. */
  List<String> definitions();

  /** Returns the variables by name, in the order in which they were first assigned. */
  Map<String, @Nullable Object> variables();

  /** Returns a value formatted for a person; text in quotes. */
  String shown(@Nullable Object value);

  /**
   * Returns an error's message for the person: the place, the line with a mark below the column,
   * and what to do.
   */
  String explain(Throwable error);

  /**
   * Returns the source of a workflow that does what was entered; entries that failed are left out.
   *
   * @return a source that compiles on its own; ends with a line end unless it is empty
   */
  String saved();

  /**
   * Returns the suffix of files that hold the source of {@link #saved}, such as {@code .groovy}.
   */
  String suffix();

  /** Returns the effects that are known by now, the session's own among them. */
  Vocabulary vocabulary();

  /** Returns one line that tells how an effect is constructed in this language. */
  String shape(Signature effect);

  /** Returns one line of code that uses an effect; empty when there is none in this language. */
  Optional<String> example(Signature effect);

  /** Returns the code that runs another workflow. */
  String running(String workflow);

  /** Returns the words that complete a text at the cursor. */
  Suggested suggest(String text, int cursor);

  /** Returns the signature of the effect whose arguments the cursor is in; empty elsewhere. */
  String signature(String text, int cursor);

  /** Returns the parts of a text to be shown in color, in order. */
  List<Colored> colored(String text);

  /**
   * The completions at a place of a text.
   *
   * @param from where in the text the word begins that is completed
   * @param quoted which names may complete a string that the session itself does not know
   * @param words the completions that the session knows
   */
  record Suggested(int from, Quoted quoted, List<Suggestion> words) {}

  /** The kind of names that may complete a string in quotes. */
  enum Quoted {
    /** The place is not in a string, or the session knows all that may stand there. */
    NOTHING,
    ANYTHING,
    AGENT_TYPE
  }

  /**
   * A completion.
   *
   * @param about what it is, in a few words
   */
  record Suggestion(String word, String about) {}

  /**
   * A part of a text with its kind.
   *
   * @param start index of its first character
   * @param end index after its last character
   */
  record Colored(int start, int end, Kind kind) {}

  /** The kind of a part of a text. */
  enum Kind {
    WORD,
    EFFECT,
    TEXT,
    NUMBER,
    COMMENT
  }
}
