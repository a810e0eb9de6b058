/** yield in every position of the language. */
class A { def m() { yield Get('k') } ; static s() { yield Get('k') } }
def foo(a, b) { [a, b] }
def bar(Map m) { m.k }
def ret() { return yield Get('k') }
yield Put('k', 3)
yield Put('t', true)
yield Put('l', [1, 2])
yield Put('m', [p: 'v'])
def n = 0
def r = [:]
r.assign = yield Get('k')
def x = yield Get('k'); r.decl = x
r.ret = ret()
r.list = [yield Get('k'), yield Get('t')]
r.map = [k: yield Get('k')]
r.arg2 = foo(1, yield Get('k'))
r.named = bar(k: yield Get('k'))
r.tern = true ? yield Get('k') : 2
r.plus = 1 + yield Get('k')
r.not = !yield Get('t')
r.elvis = null ?: yield Get('k')
for (i in yield Get('l')) { n += i }
r.forin = n
assert yield Get('t')
try { throw yield Get('k') == 3 ? new IllegalStateException('t') : null } catch (IllegalStateException e) { r.thrown = e.message }
r.ylist = yield [Get('k'), Get('t')]
def c = { yield Get('k') }; r.closure = c()
r.cls = new A().m(); r.st = A.s()
r.gstr = "a${yield Get('k')}b".toString()
r.sw = switch (1) { case 1 -> yield Get('k'); default -> 0 }
r.sw2 = switch (1) { case 1 -> { def y = yield Get('k'); yield Get('t'); yield 9 }; default -> 0 }
r.prop = yield Get('m').p
r.idx = yield Get('l')[0]
r.eq = yield Get('k') == 3
r.perf = perform(Get('k'))
if (yield Get('t')) r.iff = 1
while (n < 5 && yield Get('t')) { n++ }
def (a, b) = yield Gather([Get('k'), { yield Get('t') }]); r.multi = [a, b]
r.parens = (yield Get('m')).p
r.nl = yield Get(
  'k'
)
r.cast = yield Get('k') as String
r.neg = -(yield Get('k'))
r.inop = 3 in yield Get('l')
r.rangey = (0..yield Get('k')).size()
r.spread = foo(*yield Get('l'))
r.lambda = [1, 2].collect { it + yield Get('k') }
r.nested = yield Gather([{ yield Gather([{ yield Get('k') }]) }])
r.andand = true && yield Get('t')
try { r.tryv = yield Exec('false', check: true) } catch (ExecFailed e) { r.tryv = e.exit_code } finally { r.fin = yield Get('k') }
do { n-- } while (n > 3 && yield Get('t'))
r.index = [5, 6, 7, 8][yield Get('k')]
r.mapget = [yield: 1].yield
r.multiassign = null
r.multiassign ?= yield Get('k')
r.safe = yield Get('m')?.p
r.str = "$n ${[1].collect { yield Get('k') }}".toString()
return r
