package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one bot: confirmed by a higher offset, delivered again until then, and only to
 * whoever asked last.
 */
final class UpdateQueue {

  static final String TERMINATED =
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
          + " running";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeMap<Long, ObjectNode> waiting = new TreeMap<>();
  private Set<String> kinds = Set.of();
  private long next = 870_000_000;
  private long asked;
  private boolean open = true;
  private boolean backwards;

  /** Adds an update of a kind, unless the bot does not want that kind. */
  void add(String kind, ObjectNode update) {
    lock.lock();
    try {
      if (kinds.isEmpty() || kinds.contains(kind)) {
        update.put("update_id", next);
        waiting.put(next++, update);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Answers a request for updates; it ends any that waits. */
  List<ObjectNode> poll(
      @Nullable Long offset, int limit, Duration wait, @Nullable Set<String> wanted)
      throws InterruptedException {
    lock.lock();
    try {
      var mine = ++asked;
      changed.signalAll();
      if (offset != null) {
        waiting.headMap(offset).clear();
      }
      if (wanted != null) {
        kinds = wanted;
      }
      var left = wait.toNanos();
      while (waiting.isEmpty() && left > 0 && open && mine == asked) {
        left = changed.awaitNanos(left);
      }
      if (mine != asked) {
        throw new ApiError(409, TERMINATED);
      }
      var answer = new ArrayList<>(waiting.values().stream().limit(limit).toList());
      return backwards ? answer.reversed() : answer;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a request that waits, as another poller or a webhook would. */
  void interrupt() {
    lock.lock();
    try {
      asked++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether requests may wait: a server that stops lets none wait. */
  void open(boolean mayWait) {
    lock.lock();
    try {
      open = mayWait;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A day passes in which nobody polls: what waits is gone. */
  void expire() {
    lock.lock();
    try {
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /** A week passes without an update: the numbers go on from anywhere. */
  void renumber(long from) {
    lock.lock();
    try {
      next = from;
    } finally {
      lock.unlock();
    }
  }

  /** Has answers come in the wrong order. */
  void answerBackwards() {
    backwards = true;
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
