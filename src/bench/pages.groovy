/** Performs many effects that cost little, then some one after the other, so that a page has something to follow. */
@Param('how many') int count = 2000
@Param('how many after them, one a second') int slow = 0

for (int n = 0; n < count; n++) {
  yield Uuid()
}
for (int n = 0; n < slow; n++) {
  yield Sleep('1s')
}
return count
