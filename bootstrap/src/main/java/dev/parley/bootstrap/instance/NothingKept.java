package dev.parley.bootstrap.instance;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.reading.ReadingPosition;
import dev.parley.domain.reading.ReadingPositionId;
import dev.parley.ports.outbound.PostedIds;
import dev.parley.ports.outbound.ReadingPositions;
import org.jspecify.annotations.Nullable;

/** The state of a participant who leaves no traces between two commands. */
record NothingKept() implements ReadingPositions, PostedIds {

  @Override
  public ReadingPosition find(ReadingPositionId id) {
    return ReadingPosition.unread(id);
  }

  @Override
  public boolean advance(ReadingPositionId id, @Nullable Cursor readFrom, Cursor readTo) {
    return false;
  }

  @Override
  public void add(MessageId id) {
    // Nothing is kept.
  }

  @Override
  public boolean contains(MessageId id) {
    return false;
  }
}
