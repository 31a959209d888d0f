package dev.parley.conformance.steps;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Somebody who goes on posting, and keeps account of what became of each post. */
final class Posting extends Labour {

  private final Backend backend;
  private final TopicName topic;
  private final Map<Draft, Optional<MessageId>> stored = new ConcurrentHashMap<>();
  private final Map<Draft, BackendException> refused = new ConcurrentHashMap<>();
  private int count;

  Posting(Backend backend, TopicName topic, Duration pause) {
    super(pause);
    this.backend = backend;
    this.topic = topic;
  }

  /** The posts that returned, with their ids, and those of unknown outcome, without. */
  Map<Draft, Optional<MessageId>> stored() {
    return Map.copyOf(stored);
  }

  /** The posts that were not stored, with what was said about it. */
  Map<Draft, BackendException> refused() {
    return Map.copyOf(refused);
  }

  @Override
  void step() {
    var number = ++count;
    var draft = Draft.of(topic, "post " + number).under(new IdempotencyKey("key-" + number));
    try {
      stored.put(draft, Optional.of(backend.post(draft)));
    } catch (BackendException.OutcomeUnknown e) {
      stored.put(draft, Optional.empty());
    } catch (BackendException.Unavailable | BackendException.RateLimited e) {
      refused.put(draft, e);
    }
  }
}
