package conductor.script;

import conductor.error.UserError;
import java.util.List;
import java.util.stream.Collectors;

/** A script that does not compile or fails its checks: nothing of it ran. */
public final class ScriptErrors extends UserError {

  private final List<Finding> findings;

  public ScriptErrors(List<Finding> findings) {
    super(Kind.REQUEST, findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    this.findings = List.copyOf(findings);
  }

  /**
   * Goes on only without errors; warnings stop nothing.
   *
   * @throws ScriptErrors with all findings when one of them is an error
   */
  public static void refuse(List<Finding> findings) {
    if (findings.stream().anyMatch(Finding::error)) {
      throw new ScriptErrors(findings.stream().sorted(Finding.ORDER).toList());
    }
  }

  /** Returns all of them, warnings too, in order. */
  public List<Finding> findings() {
    return findings;
  }
}
