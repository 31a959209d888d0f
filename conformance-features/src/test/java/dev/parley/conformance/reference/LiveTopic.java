package dev.parley.conformance.reference;

import dev.parley.domain.message.Message;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One subscription: what arrives waits in a bounded queue, and a thread of its own hands it over.
 */
final class LiveTopic implements Subscription {

  private static final int BOUND = 10_000;

  private final String topic;
  private final Feed feed;
  private final Function<Entry, Message> messages;
  private final Consumer<LiveTopic> removal;
  private final BlockingQueue<Consumer<Feed>> queue = new LinkedBlockingQueue<>(BOUND);
  private final ReentrantLock calling = new ReentrantLock();
  private final Thread handingOver;
  private volatile String number = "";
  private volatile boolean closed;

  LiveTopic(
      String topic, Feed feed, Function<Entry, Message> messages, Consumer<LiveTopic> removal) {
    this.topic = topic;
    this.feed = feed;
    this.messages = messages;
    this.removal = removal;
    this.handingOver = Thread.ofVirtual().start(this::handOver);
  }

  String topic() {
    return topic;
  }

  String number() {
    return number;
  }

  void number(String given) {
    number = given;
  }

  void message(Entry entry) {
    offer(to -> to.message(messages.apply(entry)));
  }

  void behind() {
    offer(Feed::behind);
  }

  void interrupted(BackendException why) {
    offer(to -> to.interrupted(why));
  }

  /** Ends the feed; a call that has begun gets a second to return. */
  @Override
  public void close() {
    closed = true;
    removal.accept(this);
    handingOver.interrupt();
    if (Thread.currentThread() == handingOver) {
      return;
    }
    try {
      if (calling.tryLock(1, TimeUnit.SECONDS)) {
        calling.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void offer(Consumer<Feed> call) {
    if (!queue.offer(call)) {
      queue.clear();
      queue.add(Feed::behind);
    }
  }

  private void handOver() {
    try {
      while (!closed) {
        call(queue.take());
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void call(Consumer<Feed> next) {
    calling.lock();
    try {
      if (!closed) {
        next.accept(feed);
      }
    } catch (RuntimeException e) {
      System.getLogger("reference").log(System.Logger.Level.DEBUG, "a feed threw", e);
    } finally {
      calling.unlock();
    }
  }
}
