package dev.parley.adapters.inbound.stdio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** The requests that are not answered yet. */
final class InFlight {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  /** By what cancels them, since a client may use an id twice. */
  private final Map<Disposable, Object> requests = new HashMap<>();

  /** Runs a request; it is in flight until it completes or is cancelled. */
  void start(Object id, Mono<Void> request) {
    var cancellation = Disposables.swap();
    lock.lock();
    try {
      requests.put(cancellation, id);
    } finally {
      lock.unlock();
    }
    cancellation.update(request.doFinally(_ -> end(cancellation)).subscribe());
  }

  /** Cancels a request, if it is in flight; there will be no answer. */
  void cancel(@Nullable Object id) {
    var cancelled = new ArrayList<Disposable>();
    lock.lock();
    try {
      requests.forEach((request, itsId) -> {
        if (itsId.equals(id)) {
          cancelled.add(request);
        }
      });
    } finally {
      lock.unlock();
    }
    cancelled.forEach(Disposable::dispose);
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

  /** How many requests are in flight. */
  int size() {
    lock.lock();
    try {
      return requests.size();
    } finally {
      lock.unlock();
    }
  }

  private void end(Disposable request) {
    lock.lock();
    try {
      requests.remove(request);
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
