package dev.parley.adapters.inbound.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Pings streams and waiting calls at intervals. One thread keeps the time for all; each ping has a
 * virtual thread of its own, since a client that reads nothing holds up who writes to it. While one
 * is held up, there is no further one.
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
    var idle = new Semaphore(1);
    return new Pinging(
        clock.scheduleAtFixedRate(
            () -> {
              if (idle.tryAcquire()) {
                Thread.ofVirtual().name("ping").start(() -> run(ping, idle));
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS));
  }

  private static void run(Runnable ping, Semaphore idle) {
    try {
      ping.run();
    } finally {
      idle.release();
    }
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
