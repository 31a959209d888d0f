package dev.parley.domain.reading;

import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.topic.TopicName;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * Whose position, and where.
 *
 * @param backend the backend's name, so that a change of backend never meets a foreign position
 */
@ValueObject
public record ReadingPositionId(
    InstanceId instance, ReaderName reader, String backend, TopicName topic) {}
