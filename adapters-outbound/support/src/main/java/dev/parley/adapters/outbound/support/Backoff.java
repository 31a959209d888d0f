package dev.parley.adapters.outbound.support;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: doubling from a first to a longest delay, each cut by a
 * random part of up to a half, so that many processes do not try in step. For use by one thread.
 */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private Duration next;

  /** Starts at {@code first} and grows to {@code longest}. */
  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /** The delay before the coming attempt; the one after it is longer. */
  public Duration next() {
    var full = next;
    var doubled = full.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    var nanos = full.toNanos();
    return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
  }

  /** An attempt succeeded: the next delay is the first one again. */
  public void reset() {
    next = first;
  }
}
