package dev.parley.adapters.outbound.telegram;

import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.adapters.outbound.telegram.Polling.State;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live path: one thread that hands over what was added to the store, by this process or by
 * another. SQLite's own counter of changes is looked at 40 times a second, which costs next to
 * nothing and works wherever SQLite does. It starts with the first subscription.
 */
final class Tail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final Duration LOOK = Duration.ofMillis(25);
  private static final Duration LAST_ROUND = Duration.ofSeconds(1);
  private static final int MOST_ROWS = 512;

  private final StoreFile store;
  private final TelegramSettings settings;
  private final Health health;
  private final LiveFeeds feeds = new LiveFeeds();
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
  private final Thread thread;
  private boolean started;
  private volatile boolean closed;
  private @Nullable Positions current;
  private @Nullable State state;
  private long version;
  private long last;

  Tail(StoreFile store, TelegramSettings settings, Health health) {
    this.store = store;
    this.settings = settings;
    this.health = health;
    this.thread = Thread.ofPlatform().daemon().name("parley-telegram-tail").unstarted(this::work);
  }

  synchronized Subscription subscribe(TopicName topic, Feed feed) {
    if (closed) {
      throw new Unavailable("the Telegram backend was closed", null, null);
    }
    var subscription = feeds.attach(topic, feed);
    if (!started) {
      started = true;
      thread.start();
    }
    return subscription;
  }

  /** This process stored something. */
  void poke() {
    LockSupport.unpark(thread);
  }

  private void work() {
    while (!closed) {
      try {
        look();
        LockSupport.parkNanos(this, LOOK.toNanos());
      } catch (BackendException fault) {
        interrupted(fault);
      } catch (RuntimeException bug) {
        LOG.error("the live path of {} failed and starts again", settings.store(), bug);
        interrupted(new Unavailable("the live path failed and starts again", null, bug));
      }
    }
  }

  private void interrupted(BackendException why) {
    if (!closed) {
      state = null;
      feeds.down(why);
      LockSupport.parkNanos(this, backoff.next().toNanos());
    }
  }

  private void look() {
    var now = store.version();
    if (current != null && state != null && now == version) {
      return;
    }
    version = now;
    for (var more = true; more && !closed; ) {
      var news = store.read(this::news);
      begin(news);
      news.messages().forEach(feeds::message);
      if (news.lost()) {
        // Said as after an outage: who reads on is told of the gap.
        state = null;
      }
      last = news.last();
      more = news.more();
      tell(news.state());
    }
    backoff.reset();
  }

  /** The first time there is nothing to hand over yet: the end of the store is where it begins. */
  private void begin(News news) {
    if (!news.positions().equals(current)) {
      current = news.positions();
      state = null;
    }
  }

  private void tell(State latest) {
    if (!latest.equals(state)) {
      state = latest;
      var error = latest.error();
      if (error == null) {
        health.answered();
        feeds.up();
      } else {
        health.failed(error.getMessage());
        feeds.down(error);
      }
    }
  }

  /**
   * What was added.
   *
   * @param lost whether updates were lost in between
   */
  private record News(
      Positions positions,
      State state,
      List<Message> messages,
      long last,
      boolean lost,
      boolean more) {}

  private News news(Connection connection, Positions positions) throws SQLException {
    var state = Polling.state(connection);
    if (!positions.equals(current)) {
      var end = Sql.number(connection, "SELECT max(seq) FROM messages");
      return new News(positions, state, List.of(), end, false, false);
    }
    var topics = topics(connection);
    var messages = new ArrayList<Message>();
    var read = 0;
    var end = last;
    var lost = false;
    var sql =
        "SELECT %s, room FROM messages WHERE seq > ? ORDER BY seq LIMIT ?"
            .formatted(StoredMessages.COLUMNS);
    try (var query = Sql.prepared(connection, sql, last, MOST_ROWS);
        var row = query.executeQuery()) {
      while (row.next()) {
        read++;
        end = row.getLong(1);
        var room = row.getLong("room");
        var topic = topics.get(room);
        if (topic != null) {
          messages.add(StoredMessages.read(row, topic, positions));
        }
        lost |= room == Appending.EVERY_ROOM;
      }
    }
    return new News(positions, state, messages, end, lost, read == MOST_ROWS);
  }

  private Map<Long, TopicName> topics(Connection connection) throws SQLException {
    var topics = new HashMap<Long, TopicName>();
    for (var mapped : settings.chats().entrySet()) {
      var topic = feeds.listenedTo(mapped.getKey());
      if (topic != null) {
        topics.put(Rooms.roomOf(connection, mapped.getValue()), topic);
      }
    }
    return topics;
  }

  /** Ends every feed and the thread. */
  @Override
  public synchronized void close() {
    closed = true;
    feeds.close();
    if (!started) {
      return;
    }
    LockSupport.unpark(thread);
    try {
      thread.join(LAST_ROUND);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
