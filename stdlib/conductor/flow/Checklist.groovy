package conductor.flow

/** Task lists in markdown: lines such as {@code - [ ] open} and {@code - [x] done}. */
class Checklist {

  /** The texts of the tasks that are open, in order. */
  static List<String> open(String text) {
    return text.readLines().collect { it =~ /^\s*[-*+] \[ ] +(.*\S)/ }.findAll { it }.collect { it[0][1] }
  }

  /** The text with the first open task of these words ticked; all else is as it was. */
  static String tick(String text, String task) {
    def words = java.util.regex.Pattern.quote(task)
    return text.replaceFirst(/(?m)^(\s*[-*+] \[) (] +$words\s*)$/, '$1x$2')
  }
}
