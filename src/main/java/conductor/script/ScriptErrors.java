package conductor.script;

import conductor.error.UserError;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The error for a script that does not compile or fails its checks. Nothing of the script has run.
 */
public final class ScriptErrors extends UserError {

  private final List<Finding> findings;

  public ScriptErrors(List<Finding> findings) {
    super(Kind.REQUEST, findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    this.findings = List.copyOf(findings);
  }

  /** Throws when one of the findings is an error; warnings alone stop nothing. */
  public static void refuse(List<Finding> findings) {
    if (findings.stream().anyMatch(Finding::error)) {
      throw new ScriptErrors(findings.stream().sorted(Finding.ORDER).toList());
    }
  }

  /** Returns all findings, warnings too, in the order given. */
  public List<Finding> findings() {
    return findings;
  }
}
