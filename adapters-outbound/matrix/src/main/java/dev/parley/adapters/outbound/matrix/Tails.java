package dev.parley.adapters.outbound.matrix;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.LiveBackoff;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The topics that somebody listens to, all in one {@link SyncLoop}. */
final class Tails implements AutoCloseable {

  // A new room costs a homeserver a second on a busy machine, and posts wait behind it.
  private static final int ENTERED_AT_ONCE = 2;

  private final Rooms rooms;
  private final Faults faults;
  private final Duration timeout;
  private final SyncLoop loop;
  private final Map<TopicName, Tail> tails = new HashMap<>();
  private final Set<Thread> entering = new HashSet<>();
  private final Semaphore turns = new Semaphore(ENTERED_AT_ONCE, true);
  private boolean closed;

  Tails(Rooms rooms, Account account, EventReader reader, Faults faults, Duration timeout) {
    this.rooms = rooms;
    this.faults = faults;
    this.timeout = timeout;
    this.loop = new SyncLoop(this, account, reader, faults, timeout);
  }

  Subscription subscribe(TopicName topic, Feed feed) {
    synchronized (tails) {
      if (closed) {
        throw faults.closed();
      }
      var tail = tails.computeIfAbsent(topic, this::begin);
      var subscription = tail.attach(feed);
      var open = new AtomicBoolean(true);
      return () -> {
        subscription.close();
        if (open.getAndSet(false)) {
          released(tail);
        }
      };
    }
  }

  private Tail begin(TopicName topic) {
    var tail = new Tail(topic);
    loop.start();
    startEntering(tail);
    return tail;
  }

  private void released(Tail tail) {
    synchronized (tails) {
      if (tail.detach() && tails.remove(tail.topic(), tail)) {
        tail.end();
      }
    }
  }

  /** The topics whose rooms are entered, by the id of the room. */
  Map<String, Tail> entered() {
    synchronized (tails) {
      var entered = new HashMap<String, Tail>();
      for (var tail : tails.values()) {
        var room = tail.room();
        if (room != null) {
          entered.put(room.id(), tail);
        }
      }
      return entered;
    }
  }

  List<Tail> all() {
    synchronized (tails) {
      return List.copyOf(tails.values());
    }
  }

  /** The account is in the room of a topic no longer. */
  void left(Tail tail) {
    rooms.forget(tail.topic());
    tail.isIn(null);
    startEntering(tail);
  }

  private void startEntering(Tail tail) {
    synchronized (tails) {
      if (!closed) {
        var thread = Thread.ofVirtual().name("parley-matrix-enter").unstarted(() -> enter(tail));
        entering.add(thread);
        thread.start();
      }
    }
  }

  private void enter(Tail tail) {
    var backoff = new LiveBackoff();
    while (!tail.hasEnded() && !Thread.currentThread().isInterrupted()) {
      var fault = enterNow(tail);
      if (fault == null) {
        loop.wake();
        break;
      }
      tail.feeds().down(fault);
      LockSupport.parkNanos(backoff.next(fault).toNanos());
    }
    synchronized (tails) {
      entering.remove(Thread.currentThread());
    }
  }

  /** Enters a room when it is its turn; gives what kept us out of it, if anything did. */
  private @Nullable BackendException enterNow(Tail tail) {
    turns.acquireUninterruptibly();
    try {
      if (!tail.hasEnded()) {
        tail.isIn(rooms.findOrCreate(tail.topic(), Deadline.in(timeout)));
      }
      return null;
    } catch (NoAnswer noAnswer) {
      return faults.of(noAnswer);
    } catch (BackendException fault) {
      return fault;
    } finally {
      turns.release();
    }
  }

  /** Ends every feed; calls that are running are waited for, for a second at most. */
  @Override
  public void close() {
    List<Tail> last;
    List<Thread> threads;
    synchronized (tails) {
      closed = true;
      last = List.copyOf(tails.values());
      tails.clear();
      threads = List.copyOf(entering);
    }
    last.forEach(Tail::end);
    threads.forEach(Thread::interrupt);
    loop.close();
    last.forEach(tail -> tail.feeds().close());
  }
}
