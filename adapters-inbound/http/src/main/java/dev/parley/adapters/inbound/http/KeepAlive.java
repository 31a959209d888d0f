package dev.parley.adapters.inbound.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Pings streams and waiting calls at intervals. One thread keeps the time for all; each ping has a
 * virtual thread of its own, since a client that reads nothing holds up who writes to it.
 */
final class KeepAlive implements AutoCloseable {

  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("keep-alive").factory());

  KeepAlive() {
    clock.setRemoveOnCancelPolicy(true);
  }

  /** Runs {@code ping} at this interval until it is cancelled. */
  Pinging every(Duration interval, Runnable ping) {
    var millis = interval.toMillis();
    return new Pinging(
        clock.scheduleAtFixedRate(
            () -> Thread.ofVirtual().name("ping").start(ping),
            millis,
            millis,
            TimeUnit.MILLISECONDS));
  }

  /** Pings that go on until they are stopped. */
  record Pinging(ScheduledFuture<?> future) implements AutoCloseable {
    @Override
    public void close() {
      future.cancel(false);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
