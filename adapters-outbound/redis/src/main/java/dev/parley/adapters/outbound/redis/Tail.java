package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.redis.FollowedStreams.Followed;
import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The live path: a thread with a connection of its own that blocks until one of its streams has a
 * new entry. It is connected while anybody listens.
 */
final class Tail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final int LOOKED_UP_AT_ONCE = 256;
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(30);
  private static final Duration LAST_ROUND = Duration.ofMillis(300);

  private final Servers servers;
  private final Store store;
  private final Faults faults;
  private final RedisSettings settings;
  private final FollowedStreams streams;
  private final BlockingRead blockingRead;
  private final byte[] key;
  private final LiveFeeds feeds = new LiveFeeds();
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Link link;
  private long checked;

  /**
   * A tail that starts.
   *
   * @param first the first topic; the others are where it is
   */
  Tail(
      Servers servers,
      StreamKeys keys,
      Store store,
      Faults faults,
      RedisSettings settings,
      TopicName first) {
    this.servers = servers;
    this.store = store;
    this.faults = faults;
    this.settings = settings;
    this.streams = new FollowedStreams(keys);
    this.key = keys.streamOf(first);
    this.blockingRead = new BlockingRead(servers, keys, first, settings.blockTimeout());
    this.thread = servers.liveThreads().name("parley-redis-live").unstarted(this::work);
    thread.start();
  }

  synchronized Subscription subscribe(TopicName topic, Feed feed) {
    if (closed) {
      throw faults.closed();
    }
    var subscription = feeds.attach(topic, feed);
    if (streams.add(topic)) {
      blockingRead.wake();
    }
    LockSupport.unpark(thread);
    return subscription;
  }

  private void work() {
    while (!closed) {
      try {
        if (streams.isEmpty()) {
          LockSupport.park(this);
        } else {
          follow();
        }
      } catch (BackendException fault) {
        interrupted(fault);
      } catch (JedisException failure) {
        interrupted(faults.of(failure, settings.url().place()));
      } catch (RuntimeException bug) {
        LOG.error("the live path of {} failed and starts again", settings, bug);
        LockSupport.parkNanos(backoff.next().toNanos());
      }
    }
  }

  private void interrupted(BackendException why) {
    if (!closed) {
      feeds.down(why);
      LockSupport.parkNanos(backoff.next().toNanos());
    }
  }

  private void follow() {
    try (var current = servers.connectFor(key)) {
      link = current;
      if (closed) {
        return;
      }
      streams.restart();
      lookUp(current, streams.added(this::isListenedTo));
      feeds.up();
      backoff.reset();
      checked = System.nanoTime();
      while (!closed && !streams.isEmpty()) {
        round(current);
      }
    } finally {
      link = null;
    }
  }

  private void round(Link current) {
    var added = streams.added(this::isListenedTo);
    lookUp(current, added);
    added.forEach(each -> feeds.behind(each.topic()));
    if (!streams.beginRead()) {
      return;
    }
    try {
      current.setSoTimeout(
          Math.toIntExact(settings.blockTimeout().plus(settings.timeout()).toMillis()));
      handOver(blockingRead.ask(current, streams.readable()));
    } finally {
      streams.hasRead();
    }
    if (System.nanoTime() - checked > BETWEEN_CHECKS.toNanos()) {
      checked = System.nanoTime();
      check(current);
    }
  }

  private boolean isListenedTo(TopicName topic) {
    return feeds.listenedTo(topic.value()) != null;
  }

  /** Finds out where streams end. */
  private void lookUp(Link current, List<Followed> added) {
    JedisDataException refusal = null;
    for (var from = 0; from < added.size(); from += LOOKED_UP_AT_ONCE) {
      var some = added.subList(from, Math.min(added.size(), from + LOOKED_UP_AT_ONCE));
      var replies = statesOf(some, current);
      for (var n = 0; n < some.size(); n++) {
        if (replies.get(n) instanceof JedisDataException error) {
          if (!Refusals.isOfKey(error)) {
            throw faults.refused(error);
          }
          LOG.warn("{} is not followed: {}", some.get(n).topic(), error.getMessage());
          some.get(n).leaveOut();
          refusal = error;
        } else {
          some.get(n).advanceTo(StreamState.of(replies.get(n)).last());
        }
      }
    }
    if (refusal != null && streams.readable().isEmpty()) {
      throw faults.refused(refusal);
    }
  }

  /** Looks again at those left out, and for streams that were made again by a clock gone back. */
  private void check(Link current) {
    var all = streams.all();
    var replies = statesOf(all, current);
    for (var n = 0; n < all.size(); n++) {
      var stream = all.get(n);
      if (!(replies.get(n) instanceof JedisDataException)) {
        var last = StreamState.of(replies.get(n)).last();
        if (stream.isLeftOut() || last.compareTo(stream.last()) < 0) {
          stream.advanceTo(last);
          feeds.behind(stream.topic());
        }
      }
    }
  }

  private static List<@Nullable Object> statesOf(List<Followed> streams, Link current) {
    return current.ask(streams.stream().map(each -> StreamState.ask(each.key())).toList());
  }

  private void handOver(@Nullable Object reply) {
    if (!(reply instanceof List<?> read)) {
      return;
    }
    var cursors = store.cursorsOf(key);
    var handedOver = false;
    for (var each : read) {
      if (each instanceof List<?> stream && stream.getLast() instanceof List<?> entries) {
        var followed = streams.of(Replies.text(stream.getFirst()));
        if (followed == null) {
          blockingRead.returned(stream.getFirst(), Entries.idOf(entries.getLast()));
          continue;
        }
        var messages = new Entries(followed.topic(), cursors);
        for (var entry : entries) {
          if (handedOver && Entries.isCutShort(entry)) {
            // It will come whole with the next read.
            break;
          }
          feeds.message(messages.read(entry));
          followed.advanceTo(Entries.idOf(entry));
          handedOver = true;
        }
      }
    }
  }

  /** Ends every feed and the connection. */
  @Override
  public void close() {
    end();
    feeds.close();
    try {
      thread.join(LAST_ROUND);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the connection, and waits for nothing. */
  synchronized void end() {
    closed = true;
    var current = link;
    if (current != null) {
      current.close();
    }
    LockSupport.unpark(thread);
  }
}
