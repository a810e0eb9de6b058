scenario('the work of two agents is merged and tested') {
  issue title: 'Fix it', body: ''
  agent('impl') { write 'a.txt', 'x'; commit 'Fix it'; take '20m' }
  agent('tests') { write 'a_test.txt', 'y'; commit 'Test it'; take '30m' }
  command('make test') { exit 0 }
  run 'multi_agent', test_command: 'make test'
  expect {
    status == 'done'
    time == Duration.ofMinutes(30)
    pulls[0].files == ['a.txt', 'a_test.txt']
  }
}

scenario('an agent resolves what conflicts') {
  issue title: 'Fix it', body: ''
  file 'a.txt', 'old'
  agent('impl') { write 'a.txt', 'x'; commit 'Fix it' }
  agent('tests') { write 'a.txt', 'y'; commit 'Test it' }
  agent('resolver') { write 'a.txt', 'x and y' }
  command('make test') { exit 0 }
  run 'multi_agent', test_command: 'make test'
  expect {
    status == 'done'
    branches[pulls[0].branch]['a.txt'] == 'x and y'
  }
}

scenario('one agent fails, and nothing is proposed') {
  issue title: 'Fix it', body: ''
  agent('impl') { write 'a.txt', 'x' }
  agent('tests') { take '1m'; fail 'RateLimited' }
  run 'multi_agent'
  expect {
    failure instanceof RateLimited
    pulls.empty
  }
}
