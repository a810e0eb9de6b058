package conductor.flow

/**
 * Which commands test a worktree: a text, the command for all of it, or a map from directories to their commands. Of a
 * map those are due in whose directories something changed since the worktree's base, each run in its directory; the
 * command of {@code '.'} is for what changed in none of them. A file belongs to the longest directory that it is in.
 */
class Tests {

  /** Returns what a workflow's parameters say: a command for all, and those of directories. */
  static given(String command, Map commands) {
    if (!commands) {
      return command
    }
    def all = flat(commands, '')
    return command ? ['.': command] + all : all
  }

  /** Returns the command that stands for what is in none of the directories; null for none. */
  static String usual(tests) {
    tests instanceof Map ? flat(tests, '')['.'] : tests
  }

  /** Returns the tests in a line. */
  static String told(tests) {
    tests instanceof Map ? flat(tests, '').collect { dir, command -> "$dir: $command" }.join(', ') : "$tests"
  }

  /**
   * Returns the commands that are due, in the order of their directories.
   *
   * @return maps with {@code command}, and {@code dir}, null for the top
   */
  static List<Map> due(WorktreeEnv env, tests) {
    if (!(tests instanceof Map)) {
      return [[dir: null, command: tests]]
    }
    def all = flat(tests, '')
    def changed = (yield Diff(env: env, names: true)).readLines()
    def places = changed.collect { file -> place(all.keySet(), file) }.toSet() ?: ['.']
    return all.findAll { dir, command -> dir in places }
        .collect { dir, command -> [dir: dir == '.' ? null : dir, command: command] }
        .sort { it.dir ?: '' }
  }

  /** Returns what passes after the tests that are due have passed, a line each. */
  static List<String> facts(WorktreeEnv env, tests) {
    due(env, tests).collect { "`$it.command` passes${it.dir ? " in $it.dir" : ''}".toString() }
  }

  private static String place(Collection<String> directories, String file) {
    directories.findAll { file.startsWith("$it/") }.max { it.size() } ?: '.'
  }

  /** A parameter's name is cut at dots: `libs/v1.2` comes as a map in a map. */
  private static Map<String, String> flat(Map tests, String before) {
    tests.collectEntries { name, command ->
      command instanceof Map ? flat(command, "$before$name.") : [(directory("$before$name")): command as String]
    }
  }

  private static String directory(String name) {
    name.replaceAll('/+', '/').replaceFirst('^(\\./)+', '').replaceFirst('/$', '') ?: '.'
  }
}
