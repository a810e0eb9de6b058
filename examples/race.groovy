/** The first of several wins; the others are cancelled and end. */
def answer = yield Race(
    quick: Exec(command: 'echo the quick one'),
    slow: Exec(command: 'sleep 600; echo the slow one'),
)
return answer.output.trim()
