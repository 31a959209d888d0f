package dev.parley.conformance.steps;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.reading.ReadingPosition;
import dev.parley.domain.reading.ReadingPositionId;
import dev.parley.ports.outbound.PostedIds;
import dev.parley.ports.outbound.ReadingPositions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a session keeps between two calls, for as long as the session goes on. */
final class KeptInMemory implements ReadingPositions, PostedIds {

  private final Map<ReadingPositionId, ReadingPosition> positions = new HashMap<>();
  private final Set<MessageId> posted = new HashSet<>();

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
