package dev.parley.adapters.outbound.zulip;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the server said about itself last, or why it did not, for those who wait for it. */
final class Registrations {

  private final Faults faults;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Registration registration;
  private @Nullable BackendException obstacle;
  private int attempts;
  private int failedAttempts;
  private boolean wanted;
  private boolean closed;

  Registrations(Faults faults) {
    this.faults = faults;
  }

  /** What the server said about itself, if it has by now. */
  @Nullable Registration current() {
    lock.lock();
    try {
      return registration;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What the server said about itself last; waits for the first time, until an attempt that began
   * after this call has failed, or waiting would not help.
   */
  Registration await(Deadline deadline) {
    lock.lock();
    try {
      var before = attempts;
      while (registration == null) {
        if (closed) {
          throw faults.closed();
        }
        if (obstacle != null && (!(obstacle instanceof Unavailable) || failedAttempts > before)) {
          wake();
          throw faults.again(obstacle);
        }
        if (deadline.isOver()) {
          throw faults.noConnection();
        }
        wake();
        var _ = changed.awaitNanos(deadline.left().toNanos());
      }
      return registration;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw faults.interrupted();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    wanted = true;
    changed.signalAll();
  }

  /** An attempt to register begins. */
  void begin() {
    lock.lock();
    try {
      attempts++;
      wanted = false;
    } finally {
      lock.unlock();
    }
  }

  /** An attempt succeeded; false when nobody needs it any more. */
  boolean made(Registration made) {
    lock.lock();
    try {
      registration = made;
      obstacle = null;
      changed.signalAll();
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** An attempt failed. */
  void failed(BackendException fault) {
    lock.lock();
    try {
      obstacle = fault;
      failedAttempts = attempts;
      // What only its owner can change does not go by itself.
      if (!(fault instanceof Unavailable) && !(fault instanceof RateLimited)) {
        registration = null;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits before the next attempt, unless somebody needs the server now. */
  void pause(Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var nanos = duration.toNanos();
      while (nanos > 0 && !wanted && !closed) {
        nanos = changed.awaitNanos(nanos);
      }
      wanted = false;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody needs the server any more; gives what is to be left behind. */
  @Nullable Registration end() {
    lock.lock();
    try {
      var last = registration;
      closed = true;
      registration = null;
      changed.signalAll();
      return last;
    } finally {
      lock.unlock();
    }
  }
}
