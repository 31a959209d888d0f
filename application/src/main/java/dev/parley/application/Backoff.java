package dev.parley.application;

import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.RateLimited;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before asking a backend again: from 50 ms, doubling up to 2 s, with jitter, or
 * as long as it asks for, a day at most.
 */
final class Backoff {

  private static final long FIRST_MILLIS = 50;
  private static final long LAST_MILLIS = 2_000;
  private static final Duration LONGEST = Duration.ofDays(1);

  private long millis = FIRST_MILLIS;

  /** The time to wait after one more failure. */
  Duration next(BackendException failure) {
    var wait = millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
    millis = Math.min(LAST_MILLIS, millis * 2);
    var asked = failure instanceof RateLimited limited ? limited.retryAfter() : Duration.ZERO;
    var own = Duration.ofMillis(wait);
    var longer = asked.compareTo(own) > 0 ? asked : own;
    return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
  }
}
