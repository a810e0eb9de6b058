package conductor.repl;

import conductor.script.Session;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/** Completes what is typed at the prompt: commands, code, and names in strings. */
record Completion(Session session, Names names) implements Completer {

  private static final int ABOUT_WIDTH = 60;

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    boolean wide = reader.getTerminal().getSize().getColumns() >= 2 * ABOUT_WIDTH;
    if (line.line().startsWith("/")) {
      command(line).forEach(word -> candidates.add(candidate(word, null)));
      return;
    }
    Session.Suggested suggested = session.suggest(line.line(), line.cursor());
    List<String> known =
        switch (suggested.quoted()) {
          case NOTHING -> List.of();
          case ANYTHING -> names.startingWith(line.word());
          case AGENT_TYPE -> names.agents().types();
        };
    known.forEach(name -> candidates.add(candidate(name, null)));
    for (Session.Suggestion word : suggested.words()) {
      candidates.add(candidate(word.word(), wide ? cut(word.about()) : null));
    }
  }

  private List<String> command(ParsedLine line) {
    String before = line.line().substring(0, line.cursor() - line.wordCursor());
    return switch (before.strip()) {
      case "", "/help" -> CommandHelp.names();
      case "/drop" -> session.definitions();
      case "/type" -> List.copyOf(session.variables().keySet());
      case "/effect" -> session.vocabulary().words();
      case "/run" -> names.startingWith(line.word());
      case "/load", "/save" -> names.files(line.word());
      default -> List.of();
    };
  }

  private static @Nullable String cut(String about) {
    if (about.isEmpty()) {
      return null;
    }
    return about.length() <= ABOUT_WIDTH ? about : about.substring(0, ABOUT_WIDTH - 1) + "…";
  }

  /** Returns a candidate after which no blank is inserted, because more may follow directly. */
  private static Candidate candidate(String word, @Nullable String about) {
    return new Candidate(word, word.strip(), null, about, null, null, false);
  }
}
