package dev.parley.domain.reading;

import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.topic.TopicName;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * Whose position, and where.
 *
 * @param backend which backend, and where, so that another store never meets a foreign position
 */
@ValueObject
public record ReadingPositionId(
    InstanceId instance, ReaderName reader, String backend, TopicName topic) {}
