package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.postgres.Stores.Store;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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
  private static final int TOPICS_AT_ONCE = 500;
  private static final Duration LAST_ROUND = Duration.ofMillis(200);

  private final Database database;
  private final Faults faults;
  private final Health health;
  private final PostgresSettings settings;
  private final NewMessages newMessages;
  private final LiveFeeds feeds = new LiveFeeds();
  private final Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
  private final Thread thread;
  private final Thread watch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Channels channels = new Channels();
  private boolean waiting;
  private boolean started;
  private @Nullable Store store;
  private volatile long lastRound;
  private volatile boolean closed;
  private volatile @Nullable ListeningConnection connection;

  Listener(
      Database database, Faults faults, Health health, PostgresSettings settings, Stores stores) {
    this.database = database;
    this.faults = faults;
    this.health = health;
    this.settings = settings;
    this.newMessages = new NewMessages(settings, stores);
    this.thread =
        Thread.ofPlatform().daemon().name("parley-postgres-listener").unstarted(this::work);
    this.watch = Thread.ofVirtual().name("parley-postgres-watch").unstarted(this::watch);
  }

  Subscription subscribe(TopicName topic, Feed feed) {
    lock.lock();
    try {
      if (closed) {
        throw faults.closed();
      }
      var subscription = feeds.attach(topic, feed);
      var current = connection;
      if (channels.ask(topic, feed.takesHints()) && waiting && current != null) {
        waiting = false;
        wake(current);
      }
      if (!started) {
        started = true;
        lastRound = System.nanoTime();
        thread.start();
        watch.start();
      }
      return subscription;
    } finally {
      lock.unlock();
    }
  }

  /** Has the server tell the listening connection that there is something to do. */
  private void wake(ListeningConnection listening) {
    Thread.ofVirtual()
        .name("parley-postgres-wake")
        .start(() -> {
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
        });
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
      startOver(true);
      // Seldom finds anything, but the server has planned the statement before a notification.
      var hinted = Set.copyOf(reachAsked(listening));
      feeds.up();
      backoff.reset();
      health.answered();
      while (!closed) {
        lastRound = System.nanoTime();
        read(listening, hinted);
        reachAsked(listening).forEach(feeds::behind);
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

  /**
   * Listens to the topics that were asked for, then looks where those end whose messages are
   * wanted: in this order. Gives the topics: what was posted before is to be read by whoever asked.
   */
  private List<TopicName> reachAsked(ListeningConnection listening) throws SQLException {
    var reached = new ArrayList<TopicName>();
    for (var topics = takeAsked(); !topics.isEmpty(); topics = takeAsked()) {
      for (var from = 0; from < topics.size(); from += TOPICS_AT_ONCE) {
        reach(listening, topics.subList(from, Math.min(from + TOPICS_AT_ONCE, topics.size())));
      }
      reached.addAll(topics);
    }
    return reached;
  }

  private List<TopicName> takeAsked() {
    return locked(channels::takeAsked);
  }

  private void reach(ListeningConnection listening, List<TopicName> topics) throws SQLException {
    var names = locked(() -> channels.toListen(topics));
    if (!names.isEmpty()) {
      listening.listen(names);
    }
    locked(() -> {
      channels.listening(names);
      return names;
    });
    var followed = topics.stream().filter(feeds::wantsMessages).toList();
    if (followed.isEmpty()) {
      return;
    }
    var tails = newMessages.tails(listening.connection(), followed);
    if (isAnother(tails.store())) {
      return;
    }
    locked(() -> {
      tails.last().forEach(channels::reached);
      return tails;
    });
  }

  /** Reads and hands over what was added to topics. */
  private void read(ListeningConnection listening, Set<TopicName> hinted) throws SQLException {
    var unread = hinted;
    while (!unread.isEmpty() && !closed) {
      var from = new HashMap<TopicName, Long>();
      for (var topic : unread) {
        var last = locked(() -> channels.last(topic));
        if (last != null) {
          from.put(topic, last);
        }
      }
      if (from.isEmpty()) {
        return;
      }
      var added = newMessages.after(listening.connection(), from);
      if (isAnother(added.store())) {
        return;
      }
      for (var message : added.messages()) {
        locked(() -> {
          channels.reached(message.topic(), Long.parseLong(message.id().value()));
          return message;
        });
        feeds.message(message);
      }
      unread = added.unfinished();
    }
  }

  /** Whether the table was made anew: then every topic is asked for anew, too. */
  private boolean isAnother(Store found) {
    var known = store;
    store = found;
    if (known == null || known.equals(found)) {
      return false;
    }
    startOver(false);
    return true;
  }

  private void startOver(boolean connectionIsNew) {
    locked(() -> {
      channels.forgetUnless(topic -> feeds.listenedTo(topic.value()) != null);
      channels.startOver(connectionIsNew);
      return channels;
    });
  }

  /** Waits for notifications, for a heartbeat at most, and gives the topics they hint at. */
  private Set<TopicName> await(ListeningConnection listening) throws SQLException {
    if (!locked(() -> waiting = !channels.anyAsked())) {
      return Set.of();
    }
    var notified = listening.await(HEARTBEAT_MILLIS);
    if (notified.isEmpty()) {
      beat(listening);
    }
    return locked(() -> {
      waiting = false;
      return hinted(notified);
    });
  }

  /** Finds out whether the connection is still alive, and listens to no more than is wanted. */
  private void beat(ListeningConnection listening) throws SQLException {
    var unwanted =
        locked(() -> channels.forgetUnless(topic -> feeds.listenedTo(topic.value()) != null));
    if (unwanted.isEmpty()) {
      listening.probe();
    } else {
      listening.unlisten(unwanted);
    }
    health.answered();
  }

  /** The topics to be read; where hints are enough they are given at once. */
  private Set<TopicName> hinted(List<String> notified) {
    var hinted = new HashSet<TopicName>();
    for (var channel : notified) {
      var topic = channels.topicOf(channel);
      if (topic != null && feeds.listenedTo(topic.value()) == null) {
        channels.leave(topic);
      } else if (topic != null && channels.last(topic) != null && feeds.wantsMessages(topic)) {
        hinted.add(topic);
      } else if (topic != null) {
        channels.leave(topic);
        feeds.behind(topic);
      }
    }
    return hinted;
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Ends every feed, the connection and the thread. */
  @Override
  public void close() {
    closed = true;
    feeds.close();
    if (!locked(() -> started)) {
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

  private void abort() {
    var current = connection;
    if (current != null) {
      current.abort();
    }
  }
}
