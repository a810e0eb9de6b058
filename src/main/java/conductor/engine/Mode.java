package conductor.engine;

/**
 * Whether an act is done the first time, taken up after a crash, or ended because its branch was
 * cancelled meanwhile.
 */
enum Mode {
  FRESH,
  ADOPT,
  ABANDON
}
