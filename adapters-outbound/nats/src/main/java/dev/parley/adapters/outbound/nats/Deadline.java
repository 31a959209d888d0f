package dev.parley.adapters.outbound.nats;

import java.time.Duration;

/** The end of the time that one operation may take. */
record Deadline(Duration whole, long nanos) {

  private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(250);

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

  /**
   * The end of one attempt out of a few: what can be asked again is asked again in time, since a
   * cluster that elects a leader loses what was on its way.
   */
  Deadline ofAttempt() {
    var attempt = whole.dividedBy(4);
    var patience = attempt.compareTo(SHORTEST_ATTEMPT) < 0 ? SHORTEST_ATTEMPT : attempt;
    var end = System.nanoTime() + patience.toNanos();
    return end - nanos < 0 ? new Deadline(patience, end) : this;
  }
}
