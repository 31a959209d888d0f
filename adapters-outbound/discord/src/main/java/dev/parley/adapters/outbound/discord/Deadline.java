package dev.parley.adapters.outbound.discord;

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

  /** The earlier end of this one and so long from now. */
  Deadline butAtMost(Duration duration) {
    var other = in(duration);
    return other.nanos - nanos < 0 ? other : this;
  }
}
