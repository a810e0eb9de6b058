package conductor.script.java;

import conductor.effect.AgentEffect.RunAgent;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Finding;
import conductor.script.Needs;
import conductor.script.ScriptInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a workflow in Java before it runs, and collects what it needs. */
final class JavaChecks {

  private static final Pattern HAS_ISSUE = Pattern.compile("\\bissue\\s*[!=]=\\s*null");

  private static final Pattern MAIN =
      Pattern.compile("(?:public\\s+|static\\s+|final\\s+)*+void\\s+main\\s*\\(");
  private static final Pattern CALL_OF_MAIN = Pattern.compile("\\bmain\\s*\\(");
  private static final String UNCALLED =
      "nobody calls main: the statements at the top level are the workflow; write them there, or call main()";

  private final JavaSource source;
  private final JavaUses uses;

  /**
   * Checks a source.
   *
   * @param wrapped the classes that JShell made of it
   * @param types the names of the user's types that it may use, besides those that it declares
   * @param session whether later entries may use what is declared here
   */
  JavaChecks(
      JavaSource source,
      List<JavaShell.Wrapped> wrapped,
      Vocabulary vocabulary,
      Set<String> types,
      boolean session) {
    this.source = source;
    var known = new HashSet<>(types);
    known.addAll(JavaTokens.of(source.text).types());
    this.uses = new JavaUses(source, vocabulary, known, session);
    wrapped.stream()
        .filter(code -> code.source().equals(source))
        .forEach(code -> JavaScanner.scan(uses, code));
    if (!session) {
      unusedParameters();
      uncalledMain();
    }
  }

  private void uncalledMain() {
    for (JavaSource.Snippet snippet : source.snippets) {
      boolean main = MAIN.matcher(snippet.code()).lookingAt();
      if (main && CALL_OF_MAIN.matcher(source.text).results().count() == 1) {
        uses.findings.add(source.finding(false, snippet.start(), UNCALLED));
      }
    }
  }

  /** Returns the findings, except those that their line allows. */
  List<Finding> findings() {
    return uses.findings.stream().filter(finding -> !JavaSource.isAllowed(finding)).toList();
  }

  Needs needs() {
    return new Needs(
        uses.effects,
        uses.agentTypes,
        uses.agents.size() > uses.typed.size(),
        source.text.contains("handling(" + RunAgent.class.getSimpleName() + ".class"),
        uses.issue && !HAS_ISSUE.matcher(source.text).find(),
        List.copyOf(uses.sites));
  }

  private void unusedParameters() {
    for (ScriptInfo.Parameter parameter : source.parameters) {
      var word = Pattern.compile("\\b" + parameter.name() + "\\b").matcher(source.text);
      boolean declared = word.find();
      int at = declared ? word.start() : 0;
      if (declared && !word.find() && !source.text.contains("params")) {
        uses.findings.add(
            source.finding(
                false, at, "the parameter '%s' is not used".formatted(parameter.name())));
      }
    }
  }
}
