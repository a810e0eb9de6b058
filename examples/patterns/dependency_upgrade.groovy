/** outdated dependencies -> upgrade one -> tests -> an agent adapts the code -> a pull request each */
import conductor.flow.FixLoop
import conductor.flow.Window
import conductor.flow.Work

@Param('prints one dependency a line, such as "npm outdated --parseable | cut -d: -f4"') String outdated
@Param('upgrades one, given as $1, such as "npm install \"$1\""') String upgrade
@Param('the command that must pass') String test_command
@Param('how many at once') int width = 2

def names = (yield Exec(outdated)).output.readLines()*.trim().findAll().unique()
def results = Window.map(names, width) { name ->
  def pull = yield Try {
    def env = yield CreateWorktree(name: 'upgrade', suffix: name)
    yield Exec(command: ['sh', '-c', upgrade, 'upgrade', name], env: env, check: true, on_crash: 'rerun')
    FixLoop.untilGreen(env, test_command, 2)
    Work.done(env, "Upgrade $name")
    yield CreatePR(env: env, title: "Upgrade $name", body: "`$test_command` passes.", labels: ['dependencies'])
  }
  pull.ok() ? pull.value.url : "not upgraded: ${pull.failure.message}"
}
return [names, results].transpose().collectEntries()
