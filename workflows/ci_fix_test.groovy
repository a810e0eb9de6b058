scenario('failed checks go back to an agent until they pass') {
  pull branch: 'fix', title: 'Fix it', files: ['a.txt': 'x']
  effect('WaitForChecks', nth: 1) {
    reply passed: false, failed: [[name: 'lint', conclusion: 'failure', log: 'a.txt: too short']]
  }
  agent('checks-1') { prompt ->
    assert prompt.contains('too short')
    write 'a.txt', 'longer'
  }
  run 'ci_fix', pr: '1'
  expect {
    result.passed
    pushes*.branch == ['fix']
    branches.fix['a.txt'] == 'longer'
  }
}

scenario('checks that fail for ever end it') {
  pull branch: 'fix', files: ['a.txt': 'x']
  effect(nth: 3, 'WaitForChecks') { fail 'ChecksFailed' }
  effect('WaitForChecks') {
    reply passed: false, failed: [[name: 'lint', conclusion: 'failure', log: 'no']]
  }
  agent { prompt -> write 'a.txt', read('a.txt') + 'y' }
  run 'ci_fix', pr: '1', max_rounds: 2
  expect {
    failure instanceof ChecksFailed
    agents.size() == 2
  }
}
