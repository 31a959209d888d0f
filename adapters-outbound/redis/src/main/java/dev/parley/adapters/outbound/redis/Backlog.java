package dev.parley.adapters.outbound.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Requests that wait for a connection, in the order they came. */
final class Backlog {

  private static final int MOST_AT_ONCE = 256;

  private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();

  void add(Request request) {
    waiting.add(request);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Those that are to be sent now, less those that nobody waits for any more. */
  Deque<Request> take() {
    var batch = new ArrayDeque<Request>();
    while (batch.size() < MOST_AT_ONCE) {
      var request = waiting.poll();
      if (request == null) {
        break;
      }
      if (request.take()) {
        batch.add(request);
      }
    }
    return batch;
  }

  /** Refuses those that wait now: who tries again at once must not get the same error again. */
  void refuse(RuntimeException why) {
    for (var left = waiting.size(); left > 0; left--) {
      var request = waiting.poll();
      if (request != null && request.take()) {
        request.refused(why);
      }
    }
  }
}
