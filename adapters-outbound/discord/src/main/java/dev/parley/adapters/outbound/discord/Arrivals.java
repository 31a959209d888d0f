package dev.parley.adapters.outbound.discord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Holds back what the gateway tells until nothing can come before it, and hands it over in the
 * order of the ids, each message once. Time counts as far as this process got to run: where it
 * stood still, so did what reads the gateway.
 */
final class Arrivals implements AutoCloseable {

  private record Arrival(DataObject message, long due) {}

  private static final Duration TICK = Duration.ofMillis(10);

  private final Duration hold;
  private final BiConsumer<Long, DataObject> inOrder;
  private final LongConsumer overtaken;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Map<Long, NavigableMap<Long, Arrival>> waiting = new HashMap<>();
  private final Map<Long, Long> handedOver = new HashMap<>();
  private final Thread thread;
  private long ran;
  private long lookedAt;

  /**
   * Begins to wait for arrivals.
   *
   * @param hold how long after a message one can arrive that belongs before it
   * @param inOrder takes a channel and its next message
   * @param overtaken takes a channel of which a message came too late for its place
   */
  Arrivals(Duration hold, BiConsumer<Long, DataObject> inOrder, LongConsumer overtaken) {
    this.hold = hold;
    this.inOrder = inOrder;
    this.overtaken = overtaken;
    this.thread = Thread.ofVirtual().name("parley-discord-arrivals").start(this::handOver);
  }

  /** A message was posted in a channel. */
  void add(long channel, long id, DataObject message) {
    var late = false;
    lock.lock();
    try {
      var last = handedOver.getOrDefault(channel, 0L);
      if (Long.compareUnsigned(id, last) <= 0) {
        late = id != last;
      } else {
        var due = ran + hold.toNanos();
        waiting
            .computeIfAbsent(channel, _ -> new TreeMap<>(Long::compareUnsigned))
            .putIfAbsent(id, new Arrival(message, due));
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (late) {
      overtaken.accept(channel);
    }
  }

  private void handOver() {
    try {
      while (true) {
        for (var next : awaitDue()) {
          inOrder.accept(next.getUnsignedLong("channel_id"), next);
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private List<DataObject> awaitDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        for (var channel : waiting.entrySet()) {
          var due = takeDue(channel.getKey(), channel.getValue());
          if (!due.isEmpty()) {
            return due;
          }
        }
        if (waiting.values().stream().allMatch(Map::isEmpty)) {
          arrived.await();
          lookedAt = System.nanoTime();
        } else {
          var _ = arrived.awaitNanos(TICK.toNanos());
          tick();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void tick() {
    var now = System.nanoTime();
    ran += Math.min(now - lookedAt, 2 * TICK.toNanos());
    lookedAt = now;
  }

  // With what is due goes all that stands before it, since nothing can come before that either.
  private List<DataObject> takeDue(long channel, NavigableMap<Long, Arrival> held) {
    var end = 0L;
    for (var arrival : held.entrySet()) {
      if (arrival.getValue().due() - ran <= 0) {
        end = arrival.getKey();
      }
    }
    var due = new ArrayList<DataObject>();
    if (end != 0) {
      var taken = held.headMap(end, true);
      taken.values().forEach(arrival -> due.add(arrival.message()));
      taken.clear();
      handedOver.put(channel, end);
    }
    return due;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
