/** Put and Get keep values with the run; clock, random numbers and ids are recorded, so that a resumed run sees the same. */
yield Put('count', 0)
3.times {
  def count = yield Get('count')
  yield Put('count', count + 1)
}
def started = yield Now()
def id = yield Uuid()
def die = yield Random(6)
assert started instanceof Instant && id instanceof UUID && die in 0..5
return "counted to ${yield Get('count')}"
