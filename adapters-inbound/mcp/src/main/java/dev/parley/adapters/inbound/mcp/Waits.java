package dev.parley.adapters.inbound.mcp;

import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The waits of one session. When it ends, each answers at once with what there is. */
final class Waits {

  private final Set<Thread> waiting = new HashSet<>();
  private long begun;
  private boolean over;

  /** A read that may wait. */
  @FunctionalInterface
  interface Read<T> {
    T upTo(Duration patience) throws InterruptedException;
  }

  /** Reads with this much patience, or without any once the session ends. */
  <T> T during(Duration patience, Read<T> read) throws InterruptedException {
    if (patience.isZero() || !enter()) {
      return read.upTo(Duration.ZERO);
    }
    try {
      return read.upTo(patience);
    } catch (InterruptedException | BackendException e) {
      if (!isOver()) {
        throw e;
      }
    } finally {
      leave();
    }
    return read.upTo(Duration.ZERO);
  }

  /** Ends every wait, and lets none begin. */
  synchronized void end() {
    over = true;
    waiting.forEach(Thread::interrupt);
  }

  /** How many waits there are now. */
  synchronized int now() {
    return waiting.size();
  }

  /** How many waits there have been. */
  synchronized long begun() {
    return begun;
  }

  private synchronized boolean enter() {
    if (over) {
      return false;
    }
    begun++;
    return waiting.add(Thread.currentThread());
  }

  private synchronized void leave() {
    waiting.remove(Thread.currentThread());
    if (over) {
      var _ = Thread.interrupted();
    }
  }

  private synchronized boolean isOver() {
    return over;
  }
}
