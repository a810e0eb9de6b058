/** Spawn starts something and goes on; Wait waits for its reply. */
def build = yield Spawn(Exec(command: 'sleep 0.2; echo built'))
def notes = ['meanwhile']
notes << (yield Wait(build)).output.trim()
return notes.join(', ')
