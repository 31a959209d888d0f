package dev.parley.adapters.inbound.stdio;

import java.time.Duration;
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
  private final Map<Object, Disposable> requests = new HashMap<>();

  /** Runs a request; it is in flight until it completes or is cancelled. */
  void start(Object id, Mono<Void> request) {
    var cancellation = Disposables.swap();
    lock.lock();
    try {
      requests.put(id, cancellation);
    } finally {
      lock.unlock();
    }
    cancellation.update(request.doFinally(_ -> end(id, cancellation)).subscribe());
  }

  /** Cancels a request, if it is in flight; there will be no answer. */
  void cancel(@Nullable Object id) {
    Disposable request;
    lock.lock();
    try {
      request = requests.get(id);
    } finally {
      lock.unlock();
    }
    if (request != null) {
      request.dispose();
    }
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

  private void end(Object id, Disposable request) {
    lock.lock();
    try {
      requests.remove(id, request);
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
