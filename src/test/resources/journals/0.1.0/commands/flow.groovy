def failed = yield Try(Exec('echo out; echo err >&2; exit 7', check: true))
def passed = yield Exec(['echo', 'a b'])
def late = yield Try(Exec('sleep 60', timeout: '100ms'))
return [failed.failure().class.simpleName, passed.output.trim(), late.failure().class.simpleName]
