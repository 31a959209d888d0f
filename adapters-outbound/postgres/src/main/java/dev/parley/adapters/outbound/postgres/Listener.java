package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live path: one connection that listens to the channels of all topics. A notification is a
 * hint; what was added is read after it, on the same connection. The thread starts with the first
 * subscription.
 */
final class Listener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int HEARTBEAT_MILLIS = 5_000;
  private static final Duration LAST_ROUND = Duration.ofMillis(200);

  private final Database database;
  private final Faults faults;
  private final Health health;
  private final PostgresSettings settings;
  private final LiveFeeds feeds = new LiveFeeds();
  private final Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
  private final Thread thread;
  private final Thread watch;
  private final LiveTopics topics;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private boolean started;
  private volatile long lastRound;
  private volatile boolean closed;
  private volatile @Nullable ListeningConnection connection;

  Listener(
      Database database, Faults faults, Health health, PostgresSettings settings, Stores stores) {
    this.database = database;
    this.faults = faults;
    this.health = health;
    this.settings = settings;
    this.topics = new LiveTopics(feeds, new NewMessages(settings, stores));
    this.thread =
        Thread.ofPlatform().daemon().name("parley-postgres-listener").unstarted(this::work);
    this.watch = Thread.ofVirtual().name("parley-postgres-watch").unstarted(this::watch);
  }

  synchronized Subscription subscribe(TopicName topic, Feed feed) {
    if (closed) {
      throw faults.closed();
    }
    var subscription = feeds.attach(topic, feed);
    if (topics.ask(topic, feed.takesHints()) && waiting.compareAndSet(true, false)) {
      wake();
    }
    if (!started) {
      started = true;
      lastRound = System.nanoTime();
      thread.start();
      watch.start();
    }
    return subscription;
  }

  /** Has the server tell the listening connection that there is something to do. */
  private void wake() {
    var listening = connection;
    if (listening != null) {
      Thread.ofVirtual().name("parley-postgres-wake").start(() -> wake(listening));
    }
  }

  private void wake(ListeningConnection listening) {
    try {
      database.with(
          database.deadline(),
          pooled -> {
            listening.wake(pooled);
            return listening;
          });
    } catch (BackendException | SQLException unreachable) {
      LOG.debug("the listening connection goes on at its next heartbeat", unreachable);
    }
  }

  private void work() {
    while (!closed) {
      try {
        follow();
      } catch (BackendException fault) {
        interrupted(fault);
      } catch (SQLException failure) {
        interrupted(faults.of(failure));
      } catch (RuntimeException | Error bug) {
        LOG.error("the live path of {} failed and starts again", settings.url(), bug);
        interrupted(faults.unexpected(bug));
      }
    }
  }

  /** Ends a connection that hangs in the middle of a message, where the driver waits for ever. */
  private void watch() {
    var longest = settings.timeout().multipliedBy(2).plusMillis(2 * HEARTBEAT_MILLIS).toNanos();
    while (!closed) {
      LockSupport.parkNanos(longest);
      if (System.nanoTime() - lastRound > longest) {
        abort();
      }
    }
  }

  private void interrupted(BackendException why) {
    if (!closed) {
      feeds.down(why);
      LockSupport.parkNanos(backoff.next().toNanos());
    }
  }

  private void follow() throws SQLException {
    database.awaitPrepared(database.deadline());
    try (var listening = connect()) {
      connection = listening;
      topics.startOver();
      // Seldom finds anything, but the server has planned the statement before a notification.
      var hinted = Set.copyOf(topics.reachAsked(listening));
      feeds.up();
      backoff.reset();
      health.answered();
      while (!closed) {
        lastRound = System.nanoTime();
        for (var unread = hinted; !unread.isEmpty() && !closed; ) {
          unread = topics.read(listening, unread);
        }
        topics.reachAsked(listening).forEach(feeds::behind);
        hinted = await(listening);
      }
    } finally {
      connection = null;
    }
  }

  private ListeningConnection connect() throws SQLException {
    Connection connected;
    try {
      connected = database.server().connectForListening();
    } catch (SQLException refusal) {
      throw faults.unreachable(refusal);
    }
    return ListeningConnection.over(connected);
  }

  /** Waits for notifications, for a heartbeat at most, and gives the topics they hint at. */
  private Set<TopicName> await(ListeningConnection listening) throws SQLException {
    // Said before the look, so that whoever asks after it wakes this connection.
    waiting.set(true);
    if (topics.anyAsked()) {
      waiting.set(false);
      return Set.of();
    }
    var notified = listening.await(HEARTBEAT_MILLIS);
    if (notified.isEmpty()) {
      beat(listening);
    }
    waiting.set(false);
    return topics.hinted(notified);
  }

  /** Finds out whether the connection is still alive, and listens to no more than is wanted. */
  private void beat(ListeningConnection listening) throws SQLException {
    var unwanted = topics.forgetUnwanted();
    if (unwanted.isEmpty()) {
      listening.probe();
    } else {
      listening.unlisten(unwanted);
    }
    health.answered();
  }

  /** Ends every feed, the connection and the thread. */
  @Override
  public void close() {
    closed = true;
    feeds.close();
    if (!hasStarted()) {
      return;
    }
    LockSupport.unpark(watch);
    LockSupport.unpark(thread);
    abort();
    try {
      thread.join(LAST_ROUND);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean hasStarted() {
    return started;
  }

  private void abort() {
    var current = connection;
    if (current != null) {
      current.abort();
    }
  }
}
