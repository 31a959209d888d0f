package dev.parley.domain.handoff;

import dev.parley.domain.topic.TopicName;
import org.jmolecules.ddd.annotation.ValueObject;

/** Which hand-off: ids are unique within a topic only. */
@ValueObject
public record HandOffKey(TopicName topic, HandOffId id) {}
