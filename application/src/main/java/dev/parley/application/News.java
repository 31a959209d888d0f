package dev.parley.application;

import dev.parley.domain.message.Message;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells a waiting reader that there may be something new; says nothing about what. */
final class News implements Feed {

  private final Semaphore arrivals = new Semaphore(0);

  /** Waits for news; returns whether there were any in time. */
  boolean await(Duration atMost) throws InterruptedException {
    if (!arrivals.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS)) {
      return false;
    }
    arrivals.drainPermits();
    return true;
  }

  /** Waits for news, however long. */
  void await() throws InterruptedException {
    arrivals.acquire();
    arrivals.drainPermits();
  }

  @Override
  public void message(Message message) {
    arrivals.release();
  }

  @Override
  public void behind() {
    arrivals.release();
  }

  @Override
  public void interrupted(BackendException why) {
    // The reader goes on waiting: when the live path is back, behind() wakes it.
  }

  @Override
  public boolean takesHints() {
    return true;
  }
}
