/** Failures are typed and are caught like any exception; Try makes one a value. */
def seen = []

try {
  yield Exec(command: 'echo no >&2; exit 3', check: true)
} catch (ExecFailed e) {
  seen << "exit code ${e.exitCode}: ${e.output.trim()}"
}

switch (yield Try(Exec(command: 'exit 4', check: true))) {
  case Ok -> seen << 'passed'
  case Err -> seen << 'failed'
}

// A retry is a loop. Sleep survives a restart: what is left of it is slept.
def attempt = 0
while (!(yield Exec(command: "test $attempt -eq 2")).passed) {
  attempt++
  yield Sleep('10ms')
}
seen << "passed after $attempt retries"
return seen.join('\n')
