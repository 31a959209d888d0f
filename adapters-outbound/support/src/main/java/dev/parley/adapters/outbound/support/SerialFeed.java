package dev.parley.adapters.outbound.support;

import dev.parley.domain.message.Message;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One feed with a bounded queue before it, emptied by a virtual thread of its own, so that a feed
 * that blocks or throws stops nobody else. When the queue is full its messages are dropped for one
 * {@code behind}.
 */
final class SerialFeed implements AttachedFeed {

  private static final Logger LOG = LoggerFactory.getLogger(SerialFeed.class);
  private static final int MOST_MESSAGES = 1_024;
  private static final int MOST_CHARACTERS = 2 * 1_024 * 1_024;
  static final Duration LAST_CALL = Duration.ofSeconds(1);

  private sealed interface Event {

    void tell(Feed feed);

    record Arrived(Message message) implements Event {
      @Override
      public void tell(Feed feed) {
        feed.message(message);
      }
    }

    record FellBehind() implements Event {
      @Override
      public void tell(Feed feed) {
        feed.behind();
      }
    }

    record Interrupted(BackendException why) implements Event {
      @Override
      public void tell(Feed feed) {
        feed.interrupted(why);
      }
    }
  }

  private final Feed feed;
  private final Consumer<AttachedFeed> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Deque<Event> waiting = new ArrayDeque<>();
  private int messages;
  private int characters;
  private @Nullable Thread deliverer;
  private boolean closed;

  SerialFeed(Feed feed, Consumer<AttachedFeed> onClose) {
    this.feed = feed;
    this.onClose = onClose;
  }

  @Override
  public void message(Message message) {
    lock.lock();
    try {
      if (messages >= MOST_MESSAGES || characters >= MOST_CHARACTERS) {
        overflow();
        return;
      }
      messages++;
      characters += message.content().length();
      enqueue(new Event.Arrived(message));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void behind() {
    lock.lock();
    try {
      enqueue(new Event.FellBehind());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void interrupted(BackendException why) {
    lock.lock();
    try {
      enqueue(new Event.Interrupted(why));
    } finally {
      lock.unlock();
    }
  }

  private void overflow() {
    waiting.removeIf(event -> !(event instanceof Event.Interrupted));
    messages = 0;
    characters = 0;
    enqueue(new Event.FellBehind());
  }

  private void enqueue(Event event) {
    if (closed) {
      return;
    }
    waiting.add(event);
    if (deliverer == null) {
      deliverer = Thread.ofVirtual().name("parley-feed").start(this::deliver);
    }
  }

  private void deliver() {
    for (var event = next(); event != null; event = next()) {
      try {
        event.tell(feed);
      } catch (Throwable thrown) {
        LOG.warn("a feed threw and is kept", thrown);
      }
    }
  }

  private @Nullable Event next() {
    lock.lock();
    try {
      var event = waiting.poll();
      if (event instanceof Event.Arrived(var message)) {
        messages--;
        characters -= message.content().length();
      } else if (event == null) {
        deliverer = null;
        idle.signalAll();
      }
      return event;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean takesHints() {
    return false;
  }

  @Override
  public void end() {
    onClose.accept(this);
    lock.lock();
    try {
      closed = true;
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void awaitLastCall(Duration atMost) {
    lock.lock();
    try {
      var left = atMost.toNanos();
      while (deliverer != null && deliverer != Thread.currentThread() && left > 0) {
        left = idle.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the feed. A call that is running is waited for, for a second at most: a feed that blocks
   * must not hold up whoever closes.
   */
  @Override
  public void close() {
    end();
    awaitLastCall(LAST_CALL);
  }
}
