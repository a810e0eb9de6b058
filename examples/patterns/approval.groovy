/** pull request -> a person decides -> merge; who does not answer in time is passed over for the next one */
@Param('the pull request: its number or url') String pr
@Param('who is asked, one after the other') List<String> people = ['the team', 'the lead']
@Param('how long each of them has, such as 4h') Duration patience
@Param('a command that tells them; gets who as $1 and the question as $2') String tell = null

def pull = yield GetPR(pr)
for (who in people) {
  def question = "$who: merge #${pull.number} '${pull.title}'?"
  if (tell) {
    yield Exec(command: ['sh', '-c', tell, 'tell', who, question], on_crash: 'rerun')
  }
  try {
    def answer = yield Ask(prompt: question, options: ['yes', 'no'], timeout: patience)
    return answer == 'yes' ? yield MergePR(pull).status : yield ClosePR(pull).status
  } catch (GateTimeout e) {
    yield Status("$who did not answer", question)
  }
}
return 'nobody answered, the pull request stays open'
