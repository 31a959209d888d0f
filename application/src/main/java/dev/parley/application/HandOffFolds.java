package dev.parley.application;

import dev.parley.domain.handoff.Effect;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.HandOffProjections;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hand-offs of every topic that this session asked about. */
final class HandOffFolds {

  private static final Logger LOG = LoggerFactory.getLogger(HandOffFolds.class);

  private final Backend backend;
  private final String store;
  private final HandOffProjections projections;
  private final Duration longestRead;
  private final Map<TopicName, TopicHandOffs> topics = new ConcurrentHashMap<>();
  private final Set<TopicName> storing = ConcurrentHashMap.newKeySet();

  HandOffFolds(
      Backend backend, String store, HandOffProjections projections, Duration longestRead) {
    this.backend = backend;
    this.store = store;
    this.projections = projections;
    this.longestRead = longestRead;
  }

  /** Those of a topic. */
  TopicHandOffs of(TopicName topic) {
    return topics.computeIfAbsent(
        topic, name -> new TopicHandOffs(name, backend, store, projections, longestRead));
  }

  /** The topics that were asked about so far. */
  List<TopicName> known() {
    return List.copyOf(topics.keySet());
  }

  /** What a message that is an act did; empty when that cannot be read now. */
  Optional<Effect> effectOf(Message act) {
    var handOffs = of(act.topic());
    try {
      var effect = handOffs.effectOf(act.id());
      if (effect.isEmpty()) {
        handOffs.readOn();
        effect = handOffs.effectOf(act.id());
      }
      return effect;
    } catch (BackendException e) {
      LOG.warn(
          "what message {} in topic '{}' did is not known: {}",
          act.id(),
          act.topic(),
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Stores what was read of a topic, without making the caller wait. */
  void storeSoon(TopicName topic) {
    var handOffs = of(topic);
    if (handOffs.isWorthStoring() && storing.add(topic)) {
      Thread.ofVirtual()
          .name("store-hand-offs")
          .start(() -> {
            storing.remove(topic);
            handOffs.store();
          });
    }
  }
}
