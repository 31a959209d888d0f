package dev.parley.adapters.inbound.stdio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The requests that are not answered yet; a client may use an id twice. */
final class InFlight {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Entry> requests = new HashSet<>();

  /** A request begins; it is in flight until its entry is closed. */
  Entry enter(Object id, Runnable onCancel) {
    var entry = new Entry(id, onCancel);
    lock.lock();
    try {
      requests.add(entry);
    } finally {
      lock.unlock();
    }
    return entry;
  }

  /** Cancels what is in flight under an id; there will be no answer. */
  void cancel(@Nullable Object id) {
    var cancelled = new ArrayList<Entry>();
    lock.lock();
    try {
      requests.stream().filter(entry -> entry.id.equals(id)).forEach(cancelled::add);
    } finally {
      lock.unlock();
    }
    cancelled.forEach(Entry::cancel);
  }

  /** Waits until nothing is in flight; returns whether that came in time. */
  boolean awaitNone(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      var nanos = atMost.toNanos();
      while (!requests.isEmpty() && nanos > 0) {
        nanos = ended.awaitNanos(nanos);
      }
      return requests.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing is in flight. */
  boolean isEmpty() {
    return size() == 0;
  }

  /** How many requests are in flight. */
  int size() {
    lock.lock();
    try {
      return requests.size();
    } finally {
      lock.unlock();
    }
  }

  /** One request. */
  final class Entry implements AutoCloseable {

    private final Object id;
    private final Runnable onCancel;
    private volatile boolean cancelled;

    private Entry(Object id, Runnable onCancel) {
      this.id = id;
      this.onCancel = onCancel;
    }

    private void cancel() {
      cancelled = true;
      onCancel.run();
    }

    /** Whether the client wants no answer any more. */
    boolean cancelled() {
      return cancelled;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        requests.remove(this);
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
