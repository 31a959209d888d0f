package dev.parley.adapters.outbound.slack;

import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.adapters.outbound.support.LaterFeed;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The live end of one topic. Events come twice, out of order, or to somebody else, so they are
 * hints: what is handed over is read from the history, in its order. Without hints it is read now
 * and then, more often once that has found something of which no event told.
 */
final class Tail {

  private static final int PAGE = 100;
  private static final Duration SELDOM = Duration.ofSeconds(60);
  private static final Duration OFTEN = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofMillis(150);
  private static final int MOST_LOOKS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final TopicName topic;
  private final Pages pages;
  private final Settling settling;
  private final LiveFeeds feeds = new LiveFeeds();
  private final Thread thread = Thread.ofVirtual().name("parley-slack-tail").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private int listeners;

  // Guarded by the lock.
  private boolean hinted;
  private boolean lineUp;
  private boolean reading;
  private @Nullable BackendException lineFault;

  // Of the tail's thread.
  private @Nullable Cursor position;
  private Ts reached = Ts.BEGINNING;
  private Duration interval = SELDOM;

  Tail(TopicName topic, Pages pages, Settling settling) {
    this.topic = topic;
    this.pages = pages;
    this.settling = settling;
  }

  TopicName topic() {
    return topic;
  }

  /** Adds a feed; called by one thread at a time. */
  Subscription attach(Feed feed) {
    listeners++;
    var beginning = settling.newest();
    var subscription =
        feeds.attach(topic, new LaterFeed(feed, message -> isAfter(beginning, message)));
    lock.lock();
    try {
      // What is on its way and not later is for the feed to read.
      if (reading) {
        feeds.behind(topic);
      }
    } finally {
      lock.unlock();
    }
    return subscription;
  }

  private static boolean isAfter(Ts beginning, Message message) {
    return Ts.parse(message.id().value()).filter(ts -> ts.isAfter(beginning)).isPresent();
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

  /** Something is new, at this place or before. */
  void hint(Ts place) {
    settling.seen(place);
    lock.lock();
    try {
      hinted = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Events come, from now on. */
  void lineUp() {
    lock.lock();
    try {
      lineUp = true;
      lineFault = null;
      hinted = true;
      if (reading) {
        feeds.up();
      }
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Events do not come. */
  void lineDown(BackendException why) {
    lock.lock();
    try {
      lineUp = false;
      lineFault = why;
      feeds.down(why);
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    var looks = 0;
    try {
      while (true) {
        var wasHinted = takeHint();
        try {
          var found = readOn();
          backoff.reset();
          reads();
          adapt(found, wasHinted);
          looks = missesExpected() ? looks + 1 : 0;
          if (looks > MOST_LOOKS) {
            // It is no message, or was taken back.
            reached = settling.newest();
            looks = 0;
          }
          await(looks > 0 ? SOON.multipliedBy(1L << looks) : interval);
        } catch (BackendException.RateLimited limited) {
          Deadlines.pause(limited.retryAfter());
        } catch (BackendException fault) {
          fails(fault);
          await(backoff.next());
        }
      }
    } catch (InterruptedException _) {
      // Nobody listens any more.
    }
  }

  private boolean takeHint() {
    lock.lock();
    try {
      var was = hinted;
      hinted = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Hands over what is new, and says whether there was anything. */
  private boolean readOn() {
    awaitExpected();
    var from = position;
    if (from == null) {
      var latest = pages.read(topic, Window.latest(1));
      position = latest.next();
      latest.messages().forEach(this::reach);
      return false;
    }
    var found = false;
    var more = true;
    while (more) {
      var page = pages.read(topic, Window.after(from, PAGE));
      if (page.gap()) {
        feeds.behind(topic);
      }
      for (var message : page.messages()) {
        feeds.message(message);
        reach(message);
        found = true;
      }
      from = page.next();
      position = from;
      more = page.more();
    }
    return found;
  }

  /** To read before that would be to read twice. */
  private void awaitExpected() {
    var awaited = settling.newest();
    if (awaited.isAfter(reached)) {
      settling.await(awaited, pages::closed);
    }
  }

  private void reach(Message message) {
    Ts.parse(message.id().value()).ifPresent(ts -> reached = ts);
  }

  /** An event may come before the history has what it tells of, and what is new has to settle. */
  private boolean missesExpected() {
    return settling.newest().isAfter(reached);
  }

  /** Who finds what no event told of shares the app with another machine. */
  private void adapt(boolean found, boolean wasHinted) {
    lock.lock();
    try {
      if (!lineUp || (found && !wasHinted)) {
        interval = OFTEN;
      } else if (!found) {
        var longer = interval.multipliedBy(2);
        interval = longer.compareTo(SELDOM) > 0 ? SELDOM : longer;
      }
    } finally {
      lock.unlock();
    }
  }

  private void reads() {
    lock.lock();
    try {
      if (!reading) {
        reading = true;
        if (lineFault == null) {
          feeds.up();
        } else {
          // Without events as well, what came before the first look is for the feed to read.
          feeds.behind(topic);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void fails(BackendException fault) {
    lock.lock();
    try {
      reading = false;
      feeds.down(fault);
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var nanos = atMost.toNanos();
      while (!hinted && nanos > 0) {
        nanos = wake.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the reading, in the background. */
  void end() {
    thread.interrupt();
  }

  /** Ends the feeds; a call that is running is waited for, for a second at most. */
  void close() {
    end();
    feeds.close();
  }
}
