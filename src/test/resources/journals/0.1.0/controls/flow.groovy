def both = yield Gather(a: { yield Exec('echo a'); 1 }, b: Exec('echo b'))
def first = yield Race(quick: Exec('echo quick'), slow: { yield Sleep('1m'); 'slow' })
def spawned = yield Spawn { yield Exec('echo later'); 2 }
def tried = yield Try { yield Exec('exit 1', check: true) }
def handled = handling(Random: { effect, next -> 3 }) { yield Random(9) }
return [both.a, both.b.output.trim(), first.output.trim(), yield Wait(spawned), tried.ok(), handled]
