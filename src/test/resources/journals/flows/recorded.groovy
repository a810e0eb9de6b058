yield Put('count', 1)
def now = yield Now()
def id = yield Uuid()
def die = yield Random(6)
def home = yield Env('NOT_SET_ANYWHERE')
yield Sleep('1ms')
return [yield Get('count'), now instanceof Instant, id instanceof UUID, die in 0..5, home]
