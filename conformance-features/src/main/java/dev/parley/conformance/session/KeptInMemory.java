package dev.parley.conformance.session;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.reading.ReadingPosition;
import dev.parley.domain.reading.ReadingPositionId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.HandOffProjections;
import dev.parley.ports.outbound.PostedIds;
import dev.parley.ports.outbound.ReadingPositions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an instance keeps between two calls, and over its restarts in a scenario. */
public final class KeptInMemory implements ReadingPositions, PostedIds, HandOffProjections {

  private final Map<ReadingPositionId, ReadingPosition> positions = new HashMap<>();
  private final Set<MessageId> posted = new HashSet<>();
  private final Map<TopicName, Projection> handOffs = new HashMap<>();

  @Override
  public synchronized Optional<Projection> find(String store, TopicName topic) {
    return Optional.ofNullable(handOffs.get(topic));
  }

  @Override
  public synchronized void save(String store, TopicName topic, Projection projection) {
    handOffs.put(topic, projection);
  }

  @Override
  public synchronized ReadingPosition find(ReadingPositionId id) {
    return positions.getOrDefault(id, ReadingPosition.unread(id));
  }

  @Override
  public synchronized boolean advance(
      ReadingPositionId id, @Nullable Cursor readFrom, Cursor readTo) {
    var moved = find(id).advance(readFrom, readTo);
    moved.ifPresent(position -> positions.put(id, position));
    return moved.isPresent();
  }

  @Override
  public synchronized void add(MessageId id) {
    posted.add(id);
  }

  @Override
  public synchronized boolean contains(MessageId id) {
    return posted.contains(id);
  }
}
