package dev.parley.adapters.inbound.mcp;

import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The waits of one session. When it ends, each answers at once with what there is. */
final class Waits {

  private final Set<Thread> waiting = new HashSet<>();
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

  private synchronized boolean enter() {
    return !over && waiting.add(Thread.currentThread());
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
