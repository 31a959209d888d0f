package dev.parley.adapters.outbound.redis;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Posts numbered messages until it is ended, each again under its key until it is acknowledged. */
final class Poster {

  private final Backend backend;
  private final TopicName topic;
  private final String name;
  private final Map<String, MessageId> acknowledged = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean ended;

  Poster(Backend backend, TopicName topic, String name) {
    this.backend = backend;
    this.topic = topic;
    this.name = name;
    this.thread = Thread.ofVirtual().start(this::work);
  }

  /** The contents and ids of the posts that returned. */
  Map<String, MessageId> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  private void work() {
    for (var n = 1; !ended; n++) {
      var content = name + "-" + n;
      post(Draft.of(topic, content).under(new IdempotencyKey(content)));
    }
  }

  private void post(Draft draft) {
    while (!ended) {
      try {
        acknowledged.put(draft.content(), backend.post(draft));
        return;
      } catch (OutcomeUnknown | Unavailable again) {
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  /** Ends with the post under way. */
  void end() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
