package dev.parley.adapters.outbound.xmpp;

import java.time.Duration;

/** The end of the time that one operation may take. */
record Deadline(long nanos) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** What is left, zero or less when it is over. */
  Duration left() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }

  boolean isOver() {
    return nanos - System.nanoTime() <= 0;
  }

  /** The sooner of this one and the end of a duration from now on. */
  Deadline atMost(Duration duration) {
    var other = in(duration);
    return other.nanos - nanos < 0 ? other : this;
  }
}
