/** a deployment -> look until it is healthy -> or an issue with what was seen last */
import conductor.flow.Poll
import conductor.flow.PollTimeout

@Param('a command that passes when it is healthy, such as "curl -fsS https://example.com/health"') String look
@Param('the wait between two looks') Duration every = Duration.ofSeconds(30)
@Param('how long it may take') Duration patience = Duration.ofMinutes(30)

def last = null
try {
  Poll.until(every: every, timeout: patience) {
    last = yield Exec(command: look, timeout: '1m', on_crash: 'rerun')
    last.passed
  }
  return 'healthy: ' + last.output.trim()
} catch (PollTimeout e) {
  def ticket = yield CreateIssue(title: 'The deployment is not healthy', body: "${e.message}\n\n${last.output}", labels: ['deployment'])
  return "not healthy, see ${ticket.id}"
}
