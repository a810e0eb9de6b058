package conductor.engine;

/**
 * The way to perform an act: for the first time, by adopting it after a crash, or by abandoning it
 * because its branch was cancelled meanwhile.
 */
enum Mode {
  FRESH,
  ADOPT,
  ABANDON
}
