package conductor.flow

/** Works on many items, some of them at a time. */
class Window {

  /**
   * Calls a closure for each item, at most {@code width} at once; the next item starts when one is done.
   *
   * @param width how many at once, at least 1
   * @return what the closure gave, in the order of the items
   * @throws Failure the first one; work on other items is cancelled
   */
  static List map(Collection items, int width, Closure work) {
    if (width < 1) {
      throw new IllegalArgumentException("a window is at least 1 wide, found $width")
    }
    def waiting = new ArrayDeque(items.withIndex())
    def replies = [null] * items.size()
    def worker = { ->
      while (waiting) {
        def (item, index) = waiting.poll()
        replies[index] = work(item)
      }
    }
    yield Gather([worker] * Math.min(width, items.size()))
    return replies
  }
}
