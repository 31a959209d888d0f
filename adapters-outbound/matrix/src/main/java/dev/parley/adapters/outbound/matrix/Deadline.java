package dev.parley.adapters.outbound.matrix;

import java.time.Duration;

/** The end of the time that one operation may take. */
record Deadline(Duration whole, long nanos) {

  static Deadline in(Duration duration) {
    return new Deadline(duration, System.nanoTime() + duration.toNanos());
  }

  /** What is left, zero or less when it is over. */
  Duration left() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }

  boolean isOver() {
    return nanos - System.nanoTime() <= 0;
  }

  /** The end of one attempt out of two, so that a dead connection leaves time for another one. */
  Deadline ofAttempt() {
    var attempt = in(whole.dividedBy(2));
    return attempt.nanos() - nanos < 0 ? attempt : this;
  }
}
