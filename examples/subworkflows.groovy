/** Sub-workflows are closures, methods, classes or files. */
def lines(String command) {
  return (yield Exec(command: command)).output.readLines()
}

class Counting {
  static int words(String text) {
    return (yield Exec(command: "printf '%s' '$text' | wc -w")).output.trim() as int
  }
}

def shout = { text -> (yield Exec(command: "echo $text | tr a-z A-Z")).output.trim() }

return [lines('printf "a\\nb\\n"').size(), Counting.words('one two three'), shout('done')].join(' ')
