// What must come of NAME in these cases. 'conductor test' runs them: nothing outside is touched, nobody is paid.
scenario('the work of an agent becomes a pull request') {
  issue title: 'Add a greeting', body: 'It says hello.'
  agent { prompt ->
    assert prompt.contains('It says hello.')
    write 'hello.txt', 'hello'
  }
  run 'NAME'
  expect {
    status == 'done'
    pulls*.title == ['Add a greeting']
  }
}

scenario('what the check finds goes back to the agent') {
  issue title: 'Add a greeting', body: 'It says hello.'
  agent(prompt: 'repair it') { write 'hello.txt', 'hello' }
  agent { write 'hello.txt', 'helo' }
  command(nth: 1, 'sh test.sh') { exit 1, 'helo' }
  command('sh test.sh') { exit 0 }
  run 'NAME', check: 'sh test.sh'
  expect {
    agents.size() == 2
    pulls.size() == 1
  }
}

scenario('a person decides') {
  issue title: 'Add a greeting', body: 'It says hello.'
  agent { write 'hello.txt', 'hello' }
  person('Open a pull request') { answer 'no' }
  run 'NAME', ask: true
  expect {
    result.startsWith('kept in ')
    pulls.empty
  }
}
