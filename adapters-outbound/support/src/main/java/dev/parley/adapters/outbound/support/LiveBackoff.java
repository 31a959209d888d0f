package dev.parley.adapters.outbound.support;

import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Unavailable;
import java.time.Duration;

/**
 * How long a topic's live path waits before it tries again. A server that does not answer is asked
 * every second at least, since push is to go on within five seconds of its return; what it refuses,
 * every five. For use by one thread.
 */
public final class LiveBackoff {

  private static final Duration FIRST = Duration.ofMillis(100);

  private final Backoff unanswered = new Backoff(FIRST, Duration.ofSeconds(1));
  private final Backoff refused = new Backoff(FIRST, Duration.ofSeconds(5));

  /** The delay after an attempt that failed so. */
  public Duration next(BackendException why) {
    return (why instanceof Unavailable ? unanswered : refused).next();
  }

  /** An attempt succeeded: the next delay is the first one again. */
  public void reset() {
    unanswered.reset();
    refused.reset();
  }
}
