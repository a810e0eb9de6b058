package conductor.flow

/** What was waited for did not come about in time. */
class PollTimeout extends RuntimeException {

  /** how long was looked */
  final Duration timeout

  /** how often */
  final int looks

  PollTimeout(Duration timeout, int looks) {
    super("nothing came about in ${timeout.toSeconds()} s; looked $looks times")
    this.timeout = timeout
    this.looks = looks
  }
}
