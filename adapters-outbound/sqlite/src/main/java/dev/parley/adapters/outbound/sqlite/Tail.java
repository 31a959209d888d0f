package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live path: one thread that waits for the file to change and hands over what was added. It
 * starts with the first subscription.
 */
final class Tail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final Duration SAFETY_NET = Duration.ofSeconds(1);
  private static final Duration WITHOUT_EVENTS = Duration.ofMillis(25);
  private static final long FIRST_LOOK_AGAIN_NANOS = 200_000;
  private static final long LAST_LOOK_AGAIN_NANOS = 128_000_000;
  private static final Duration LAST_ROUND = Duration.ofSeconds(1);

  private final Database database;
  private final Faults faults;
  private final SqliteSettings settings;
  private final LiveFeeds feeds = new LiveFeeds();
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
  private final Thread thread;
  private boolean started;
  private volatile boolean closed;
  private volatile @Nullable ChangeSignal signal;
  private Database.@Nullable Store store;
  private long last;

  Tail(Database database, Faults faults, SqliteSettings settings) {
    this.database = database;
    this.faults = faults;
    this.settings = settings;
    this.thread = Thread.ofPlatform().daemon().name("parley-sqlite-tail").unstarted(this::work);
  }

  synchronized Subscription subscribe(TopicName topic, Feed feed) {
    if (closed) {
      throw faults.closed();
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
    var current = signal;
    if (current != null) {
      current.poke();
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
      } catch (InterruptedException closing) {
        return;
      } catch (RuntimeException bug) {
        LOG.error("the live path of {} failed and starts again", settings.path(), bug);
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

  private void follow() throws SQLException, InterruptedException {
    // Watching begins before the starting point is read, so that nothing falls between the two.
    try (var link = database.connect();
        var changes = watch()) {
      signal = changes;
      var added = new NewMessages(link);
      if (!link.store().equals(store)) {
        last = Patience.whileBusy(settings.patience(), added::lastId);
        store = link.store();
      }
      feeds.up();
      backoff.reset();
      var tick = tick(changes);
      while (!closed && link.isCurrent()) {
        drain(added);
        if (changes.await(tick)) {
          lookAgain(link, changes, added);
        }
      }
    } finally {
      signal = null;
    }
  }

  // An event may come before the commit is visible, and several commits may share one event.
  private void lookAgain(Link link, ChangeSignal changes, NewMessages added)
      throws SQLException, InterruptedException {
    var pause = FIRST_LOOK_AGAIN_NANOS;
    while (!closed && pause <= LAST_LOOK_AGAIN_NANOS && link.isCurrent()) {
      drain(added);
      pause = changes.await(Duration.ofNanos(pause)) ? FIRST_LOOK_AGAIN_NANOS : pause * 2;
    }
  }

  private void drain(NewMessages added) throws SQLException {
    for (var more = true; more && !closed; ) {
      var chunk =
          Patience.whileBusy(settings.patience(), () -> added.after(last, feeds::listenedTo));
      last = chunk.last();
      chunk.messages().forEach(feeds::message);
      more = chunk.more();
    }
  }

  private ChangeSignal watch() {
    try {
      return FolderWatch.of(settings.path());
    } catch (IOException noEvents) {
      LOG.debug("no events for {}; looking at intervals", settings.path(), noEvents);
      return new Ticks();
    }
  }

  private Duration tick(ChangeSignal changes) {
    if (settings.pollInterval() != null) {
      return settings.pollInterval();
    }
    return changes instanceof FolderWatch watch && watch.givesEvents()
        ? SAFETY_NET
        : WITHOUT_EVENTS;
  }

  /** Ends every feed and the thread. */
  @Override
  public synchronized void close() {
    closed = true;
    feeds.close();
    if (!started) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(LAST_ROUND);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
