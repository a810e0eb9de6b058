yield Put('big', 'x' * 100_000)
yield Put('kinds', [1, 2L, 3.5, 4.25G, true, null, 'text', [k: [1, 2]], Duration.ofMinutes(3), Path.of('a/b')])
def big = yield Get('big')
return [big.size(), yield Get('kinds')]
