package dev.parley.application;

import dev.parley.domain.message.Message;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes over from a feed at once and keeps what it said, in order, until the follower asks.
 * Bounded: what does not fit is forgotten and becomes one {@link Signal.Behind}.
 */
final class FeedQueue implements Feed {

  private final int bound;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final ArrayDeque<Message> messages = new ArrayDeque<>();
  private boolean behind;
  private @Nullable BackendException interruption;

  FeedQueue(int bound) {
    this.bound = bound;
  }

  /** What the feed said. */
  sealed interface Signal {

    /** A message. */
    record Arrived(Message message) implements Signal {}

    /** Something may be missing. */
    record Behind() implements Signal {}

    /** The live path is down. */
    record Interrupted(BackendException why) implements Signal {}
  }

  /** The next signal; waits for it. */
  Signal take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        var signal = poll();
        if (signal != null) {
          return signal;
        }
        arrival.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the feed says that something may be missing, or until the time is over. Takes that
   * signal: the caller reads the history next.
   */
  void awaitBehind(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var nanos = atMost.toNanos();
      while (!behind && nanos > 0) {
        nanos = arrival.awaitNanos(nanos);
      }
      behind = false;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Signal poll() {
    if (interruption != null) {
      var why = interruption;
      interruption = null;
      return new Signal.Interrupted(why);
    }
    if (behind) {
      behind = false;
      return new Signal.Behind();
    }
    var message = messages.poll();
    return message == null ? null : new Signal.Arrived(message);
  }

  @Override
  public void message(Message message) {
    signal(() -> {
      if (messages.size() >= bound) {
        messages.clear();
        behind = true;
      } else {
        messages.add(message);
      }
    });
  }

  @Override
  public void behind() {
    signal(() -> {
      behind = true;
      // The live path is back: that it was down is over.
      interruption = null;
    });
  }

  @Override
  public void interrupted(BackendException why) {
    signal(() -> interruption = why);
  }

  private void signal(Runnable change) {
    lock.lock();
    try {
      change.run();
      arrival.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
