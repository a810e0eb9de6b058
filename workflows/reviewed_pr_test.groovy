scenario('objections are dealt with before the pull request is opened') {
  issue title: 'Fix it', body: ''
  agent('review-1') { reply approved: false, objections: ['no test'] }
  agent('review-2') { reply approved: true, objections: [] }
  agent('revise-1') { prompt ->
    assert prompt.contains('no test')
    write 'a_test.txt', 'x'
  }
  agent { write 'a.txt', 'x' }
  run 'reviewed_pr'
  expect {
    status == 'done'
    agents*.name == ['', 'review-1', 'revise-1', 'review-2']
    pulls[0].status == 'open'
    pulls[0].files == ['a.txt', 'a_test.txt']
  }
}

scenario('a change that nobody approves is a draft') {
  issue title: 'Fix it', body: ''
  agent(name: ~/review-\d/) { reply approved: false, objections: ['still wrong'] }
  agent { prompt -> write 'a.txt', prompt }
  run 'reviewed_pr', max_reviews: 2
  expect {
    pulls*.status == ['draft']
    pulls[0].body.contains('open: still wrong')
  }
}
