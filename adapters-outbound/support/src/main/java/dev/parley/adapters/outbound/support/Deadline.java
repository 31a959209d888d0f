package dev.parley.adapters.outbound.support;

import java.time.Duration;

/**
 * The end of the time that one operation may take.
 *
 * @param whole how long the operation may take in all
 * @param nanos its end, as {@link System#nanoTime()} gives it
 */
public record Deadline(Duration whole, long nanos) {

  private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(250);

  /** The end of a time that begins now. */
  public static Deadline in(Duration duration) {
    return new Deadline(duration, System.nanoTime() + duration.toNanos());
  }

  /** What is left, zero or less when it is over. */
  public Duration left() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }

  /** Whether nothing is left. */
  public boolean isOver() {
    return nanos - System.nanoTime() <= 0;
  }

  /** The sooner of this one and the end of a time that begins now. */
  public Deadline atMost(Duration duration) {
    var other = in(duration);
    return other.nanos - nanos < 0 ? other : this;
  }

  /**
   * The end of one attempt out of so many, since what is lost on its way has to be asked again in
   * time.
   */
  public Deadline ofAttempt(int attempts) {
    var attempt = Math.max(whole.toNanos() / attempts, SHORTEST_ATTEMPT.toNanos());
    return atMost(Duration.ofNanos(attempt));
  }
}
