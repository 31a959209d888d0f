package dev.parley.ports.outbound;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.reading.ReadingPosition;
import dev.parley.domain.reading.ReadingPositionId;
import dev.parley.ports.StateUnavailable;
import org.jmolecules.architecture.hexagonal.SecondaryPort;
import org.jspecify.annotations.Nullable;

/** Where reading positions are kept; safe for several processes at once. */
@SecondaryPort
public interface ReadingPositions {

  /**
   * The stored position; one with no cursor when nothing was stored.
   *
   * @throws StateUnavailable when the store cannot be read
   */
  ReadingPosition find(ReadingPositionId id);

  /**
   * Moves a position, only if it still is where the read started.
   *
   * @return whether it was moved
   * @throws StateUnavailable when the store cannot be written
   */
  boolean advance(ReadingPositionId id, @Nullable Cursor readFrom, Cursor readTo);
}
