package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.LiveBackoff;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import io.nats.client.Message;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live consumer of one topic, and the feeds that hear of it. The consumer begins after the last
 * message that was there when the feeds are told to read on, so nothing falls between; it numbers
 * what it delivers and shows signs of life, so nothing gets lost unnoticed. When in doubt it is
 * made anew.
 */
final class Tail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final long LONGEST_SILENCE = Duration.ofSeconds(8).toNanos();
  // What was missed beyond this is for the feeds to read.
  private static final long MOST_RESUMED = 256;
  private static final String LAST_DELIVERED = "Nats-Last-Consumer";

  private final TopicName topic;
  private final Tails tails;
  private final LiveFeeds feeds = new LiveFeeds();
  private final Thread thread = Thread.ofVirtual().name("parley-nats-tail").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition trouble = lock.newCondition();
  private int listeners;
  private boolean ended;

  private @Nullable String current;
  private @Nullable Place place;
  private long lastSequence;
  private long delivered;
  private long heardAt;
  private boolean broken;

  Tail(TopicName topic, Tails tails) {
    this.topic = topic;
    this.tails = tails;
  }

  TopicName topic() {
    return topic;
  }

  /** Adds a feed; called by one thread at a time. */
  Subscription attach(Feed feed) {
    listeners++;
    return feeds.attach(topic, feed);
  }

  /** Notes that a feed is gone, and says whether it was the last; by one thread at a time. */
  boolean detach() {
    return --listeners == 0;
  }

  void start() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  void down(BackendException why) {
    feeds.down(why);
  }

  private void run() {
    var backoff = new LiveBackoff();
    try {
      for (var session = tails.awaitSession(this);
          session != null && !hasEnded();
          session = tails.awaitSession(this)) {
        try {
          listen();
          backoff.reset();
        } catch (BackendException fault) {
          feeds.down(fault);
          pause(backoff.next(fault));
        } catch (RuntimeException bug) {
          LOG.error("the live path of {} failed and starts again", topic, bug);
          var fault = tails.faults().unexpected(bug);
          feeds.down(fault);
          pause(backoff.next(fault));
        }
      }
    } catch (InterruptedException _) {
      // Nobody listens any more.
    }
  }

  /** Listens on one consumer until it is in doubt. */
  private void listen() throws InterruptedException {
    var consumer = makeConsumer();
    try {
      awaitTrouble(consumer.known().session());
    } finally {
      retire(consumer);
    }
    if (consumer.known().session().hasEnded()) {
      feeds.down(tails.faults().disconnected());
    }
  }

  private LiveConsumer makeConsumer() throws InterruptedException {
    tails.starting().acquire();
    try {
      var known = tails.findOrCreate(topic);
      var consumer = new LiveConsumer(known, known.session().newName());
      var first = begin(consumer);
      tails.assign(consumer.name(), this);
      feeds.up();
      try {
        consumer.create(first, tails.timeout(), tails.faults());
      } catch (BackendException fault) {
        retire(consumer);
        throw fault;
      }
      return consumer;
    } finally {
      tails.starting().release();
    }
  }

  /** Notes where the consumer begins, and gives that sequence. */
  private long begin(LiveConsumer consumer) {
    var known = consumer.known();
    lock.lock();
    try {
      current = consumer.name();
      var last = known.stream().lastSeq();
      var resumes =
          place != null && place.isOf(known.stream()) && last - lastSequence <= MOST_RESUMED;
      place = known.place();
      lastSequence = resumes ? Math.min(lastSequence, last) : last;
      delivered = 0;
      heardAt = System.nanoTime();
      broken = false;
      return lastSequence + 1;
    } finally {
      lock.unlock();
    }
  }

  private void awaitTrouble(Session session) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = LONGEST_SILENCE;
      while (!broken && !ended && !session.hasEnded() && left > 0) {
        trouble.awaitNanos(left);
        left = heardAt + LONGEST_SILENCE - System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  private void retire(LiveConsumer consumer) {
    tails.unassign(consumer.name());
    consumer.remove();
  }

  /** What a consumer delivers; called by one thread. */
  void received(String consumer, Message message) {
    StoredMessage stored = null;
    Place at;
    lock.lock();
    try {
      if (!consumer.equals(current)) {
        return;
      }
      at = place;
      heardAt = System.nanoTime();
      if (message.isJetStream()) {
        stored = next(message);
      } else {
        hear(message);
      }
    } finally {
      lock.unlock();
    }
    if (stored == null || at == null) {
      return;
    }
    if (feeds.wantsMessages(topic)) {
      feeds.message(Records.read(at, stored.sequence(), stored.payload(), stored.stored()));
    } else {
      feeds.behind(topic);
    }
  }

  private @Nullable StoredMessage next(Message message) {
    if (broken || message.metaData().consumerSequence() != delivered + 1) {
      doubt();
      return null;
    }
    delivered++;
    var stored = StoredMessage.delivered(message);
    lastSequence = stored.sequence();
    return stored;
  }

  /** A sign of life says how much the consumer has delivered. */
  private void hear(Message status) {
    var headers = status.getHeaders();
    var last = headers == null ? null : headers.getFirst(LAST_DELIVERED);
    if (last != null && !last.equals(Long.toString(delivered))) {
      doubt();
    }
  }

  private void doubt() {
    broken = true;
    trouble.signalAll();
  }

  /** Looks again whether the connection is still there. */
  void wake() {
    lock.lock();
    try {
      trouble.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void pause(Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var nanos = duration.toNanos();
      while (nanos > 0 && !ended) {
        nanos = trouble.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody listens any more: the consumer is removed in the background. */
  void end() {
    lock.lock();
    try {
      ended = true;
      trouble.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }

  /** Ends the feeds and waits for the consumer to be removed. */
  @Override
  public void close() {
    feeds.close();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
