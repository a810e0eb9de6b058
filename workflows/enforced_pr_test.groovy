scenario('a command that cannot be run costs no agent') {
  issue title: 'Fix it', body: ''
  command('mvn -q test') { exit 127, 'mvn: not found' }
  run 'enforced_pr', test_command: 'mvn -q test'
  expect {
    failure.message.contains('mvn -q test')
    agents.empty
    pulls.empty
  }
}

scenario('what the tests find goes back to the agent') {
  issue title: 'Fix it', body: ''
  agent('fix-1') { prompt ->
    assert prompt.contains('expected 2')
    write 'a.txt', '2'
  }
  agent { write 'a.txt', '1' }
  command(nth: 2, 'mvn -q test') { exit 1, 'expected 2' }
  command('mvn -q test') { exit 0 }
  run 'enforced_pr', test_command: 'mvn -q test'
  expect {
    status == 'done'
    agents*.name == ['', 'fix-1']
    branches[pulls[0].branch]['a.txt'] == '2'
    commands.last().exit_code == 0
  }
}

scenario('gives up after three repairs, and opens no pull request') {
  issue title: 'Fix it', body: ''
  agent { prompt -> write 'a.txt', prompt }
  command('mvn -q test') { exit 1, 'boom' }
  run 'enforced_pr', test_command: 'mvn -q test', max_retries: 3
  expect {
    failure instanceof ExecFailed
    agents.size() == 4
    pulls.empty
    pushes.empty
  }
}
