package conductor.web;

import conductor.report.Report;
import conductor.report.Texts;
import conductor.run.record.EffectView;
import conductor.run.record.RunView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The script that a run executes, with the lines on which its branches stand. */
final class ScriptPart {

  private static final Pattern CALL = Pattern.compile("^(\\S+):(\\d+)");

  private ScriptPart() {}

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static Part of(Report.Script script, RunView view, Texts texts) {
    String file = Path.of(script.file()).getFileName().toString();
    Map<Integer, List<EffectView>> standing = standing(view, file);
    var lines = new ArrayList<ScriptLine>();
    for (String text : script.lines()) {
      List<EffectView> here = standing.getOrDefault(lines.size() + 1, List.of());
      lines.add(
          new ScriptLine(
              lines.size() + 1,
              text,
              String.join(
                  ", ",
                  here.stream()
                      .map(effect -> texts.line(effect.position() + " " + effect.effect()))
                      .toList()),
              here.isEmpty() ? "" : here.getFirst().status()));
    }
    String html = Layout.html(out -> JtescriptGenerated.render(out, null, script.file(), lines));
    return Part.of("script", html);
  }

  /**
   * Returns the effects that run, or that failed last, by the innermost line of the script's own.
   */
  private static Map<Integer, List<EffectView>> standing(RunView view, String file) {
    Map<Integer, List<EffectView>> standing = new TreeMap<>();
    for (EffectView effect : view.effects()) {
      if ((effect.running() || effect.status().equals("error") || effect.status().equals("parked"))
          && effect.branches().isEmpty()) {
        for (String call : effect.calls()) {
          Matcher at = CALL.matcher(call);
          if (at.find() && Path.of(at.group(1)).endsWith(file)) {
            standing
                .computeIfAbsent(Integer.parseInt(at.group(2)), _ -> new ArrayList<>())
                .add(effect);
            break;
          }
        }
      }
    }
    return standing;
  }
}
