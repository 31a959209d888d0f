package dev.parley.adapters.outbound.discord;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Discord's clock as far as it has shown itself, never ahead of it. Ids carry times, and ids of one
 * moment may become visible out of order; what is older than {@link #SETTLING} no longer changes
 * its place.
 */
final class ServerClock {

  /** How long a message may be overtaken by one with a greater id. */
  static final Duration SETTLING = Duration.ofMillis(200);

  private final AtomicLong aheadMillis = new AtomicLong(Long.MIN_VALUE);

  /** At Discord it is this time by now, or later. */
  void isAtLeast(long serverMillis) {
    aheadMillis.accumulateAndGet(serverMillis - ownMillis(), Math::max);
  }

  /** How long to wait until nothing can come before a message that is visible now. */
  Duration untilSettled(long id) {
    var ahead = aheadMillis.get();
    var age = ahead == Long.MIN_VALUE ? 0 : ownMillis() + ahead - Snowflake.millisOf(id);
    var left = SETTLING.toMillis() - Math.max(0, age);
    return Duration.ofMillis(Math.max(0, left));
  }

  // Not the time of day, which may be set while we look.
  private static long ownMillis() {
    return System.nanoTime() / 1_000_000;
  }
}
