package dev.parley.adapters.outbound.zulip.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The events for one client, kept until it acknowledges them. */
final class EventQueue {

  private final String id;
  private final Account owner;
  private final Set<String> types;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<ObjectNode> events = new ArrayList<>();
  private long lastId = -1;
  private int polls;
  private boolean gone;

  EventQueue(String id, Account owner, Set<String> types) {
    this.id = id;
    this.owner = owner;
    this.types = types;
  }

  String id() {
    return id;
  }

  Account owner() {
    return owner;
  }

  void add(ObjectNode event) {
    if (!types.isEmpty() && !types.contains(event.path("type").asText())) {
      return;
    }
    lock.lock();
    try {
      // Ids ascend, but not by one.
      lastId += 1 + (lastId & 1);
      events.add(event.deepCopy().put("id", lastId));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The queue is thrown away; whoever waits is told. */
  void discard() {
    lock.lock();
    try {
      gone = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isGone() {
    lock.lock();
    try {
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Events after an id; waits for one, then sends a heartbeat. A later poll takes the place of one
   * that still waits.
   *
   * @param forgetful whether what was acknowledged is delivered again
   */
  List<ObjectNode> poll(long acknowledged, Duration atMost, boolean forgetful)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var mine = ++polls;
      changed.signalAll();
      if (!forgetful) {
        events.removeIf(event -> event.path("id").asLong() <= acknowledged);
      }
      var left = atMost.toNanos();
      while (events.isEmpty() && !gone && mine == polls && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (events.isEmpty() && !gone && mine == polls && !atMost.isZero()) {
        lastId++;
        return List.of(Shapes.object().put("type", "heartbeat").put("id", lastId));
      }
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }
}
