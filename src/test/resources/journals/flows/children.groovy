def child = yield RunWorkflow(workflow: '/tmp/conductor-golden/child.groovy', params: [n: 2])
def failed = yield Try(RunWorkflow(workflow: '/tmp/conductor-golden/child.groovy', params: [n: 0]))
return [child, failed.failure().class.simpleName]
