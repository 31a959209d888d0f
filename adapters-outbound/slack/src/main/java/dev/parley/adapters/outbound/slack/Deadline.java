package dev.parley.adapters.outbound.slack;

import java.time.Duration;

/** When an operation has to be over. */
record Deadline(long nanos) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  boolean isOver() {
    return System.nanoTime() - nanos >= 0;
  }
}
