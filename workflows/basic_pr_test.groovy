scenario('the work of an agent becomes a pull request') {
  issue title: 'Add a greeting', body: 'It says hello.'
  agent { prompt ->
    assert prompt.contains('It says hello.')
    write 'hello.txt', 'hello'
  }
  run 'basic_pr'
  expect {
    status == 'done'
    pulls*.title == ['Add a greeting']
    pulls[0].files == ['hello.txt']
    pulls[0].target == 'main'
    pushes*.branch == [pulls[0].branch]
  }
}

scenario('an agent that changes nothing gets no pull request') {
  issue title: 'Add a greeting', body: ''
  agent { reply 'There is nothing to do.' }
  run 'basic_pr'
  expect {
    failure instanceof NotVerified
    pulls.empty
    pushes.empty
  }
}

scenario('what a reviewer asks for is done and answered') {
  issue title: 'Add a greeting', body: ''
  agent(prompt: 'was reviewed') {
    write 'hello.txt', 'hello, world'
    reply answers: [[id: 'comment:1', answer: 'It greets the world now.']]
  }
  agent { write 'hello.txt', 'hello' }
  effect('WaitForReview', nth: 1) {
    reply verdict: 'CHANGES_REQUESTED', comments: [[id: 'comment:1', author: 'ann', body: 'Greet the world.']]
  }
  run 'basic_pr', follow: true
  expect {
    status == 'done'
    pulls[0].comments == ['It greets the world now.']
    branches[pulls[0].branch]['hello.txt'] == 'hello, world'
  }
}
