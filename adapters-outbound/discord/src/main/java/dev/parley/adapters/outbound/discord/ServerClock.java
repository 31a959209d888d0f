package dev.parley.adapters.outbound.discord;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Discord's clock as far as it has shown itself, never ahead of it. Ids carry times, and ids of one
 * moment may become visible out of order; what is older than the settling time no longer changes
 * its place.
 */
final class ServerClock {

  private final AtomicLong aheadMillis = new AtomicLong(Long.MIN_VALUE);
  private final Duration settling;

  /**
   * A clock that has not been read yet.
   *
   * @param settling how long a message may be overtaken by one with a greater id
   */
  ServerClock(Duration settling) {
    this.settling = settling;
  }

  /** At Discord it is this time by now, or later. */
  void isAtLeast(long serverMillis) {
    aheadMillis.accumulateAndGet(serverMillis - ownMillis(), Math::max);
  }

  /**
   * How long after a moment nothing can come before a message any more; zero when nothing could at
   * that moment.
   *
   * @param ownMillis the moment, as {@link #ownMillis()} gives it
   */
  Duration untilSettled(long id, long ownMillis) {
    var ahead = aheadMillis.get();
    var age = ahead == Long.MIN_VALUE ? 0 : ownMillis + ahead - Snowflake.millisOf(id);
    var left = settling.toMillis() - Math.max(0, age);
    return Duration.ofMillis(Math.max(0, left));
  }

  /** Whose order no longer changes: what Discord gave its id before that time, by its own clock. */
  long settledMillis() {
    var ahead = aheadMillis.get();
    return ahead == Long.MIN_VALUE ? ahead : ownMillis() + ahead - settling.toMillis();
  }

  /** This moment. Not the time of day, which may be set while we look. */
  static long ownMillis() {
    return System.nanoTime() / 1_000_000;
  }
}
