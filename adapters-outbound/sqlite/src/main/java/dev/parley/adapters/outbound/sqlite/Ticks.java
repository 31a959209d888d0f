package dev.parley.adapters.outbound.sqlite;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** No events at all, as on systems and file systems that have none: only own commits are known. */
final class Ticks implements ChangeSignal {

  private final Semaphore pokes = new Semaphore(0);

  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    var poked = pokes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    pokes.drainPermits();
    return poked;
  }

  @Override
  public void poke() {
    pokes.release();
  }

  @Override
  public void close() {
    pokes.release();
  }
}
