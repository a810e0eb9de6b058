package conductor.cli;

/**
 * A shell script that speaks claude's protocol. It notes in the ledger how it was started and what
 * it was told.
 */
public final class ClaudeScript {

  private ClaudeScript() {}

  /**
   * Returns a script that does something for each prompt, which is in {@code $line}; {@code say}
   * prints a line.
   */
  public static String onPrompt(String lines) {
    return """
    say() { printf '%s\\n' "$1"; }
    echo "start $*" >> $LEDGER
    while read -r line; do
      case "$line" in
        *conductor-greets*) say '{"type":"control_response","response":{"subtype":"success","request_id":"conductor-greets","response":{}}}' ;;
        *'"type":"user"'*)
          echo "told $line" >> $LEDGER
          say '{"type":"system","subtype":"init","session_id":"s-1"}'
          say "$line"
    LINES
          ;;
      esac
    done
    """
        .replace("LINES", lines.stripTrailing());
  }
}
