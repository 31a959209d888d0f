package dev.parley.domain.reading;

import dev.parley.domain.message.Cursor;
import java.util.Objects;
import java.util.Optional;
import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader has read a topic. It moves only from where the reader started reading, so of two
 * reads that overlap the one saved first stands, and a late one cannot move it back.
 *
 * @param cursor the end of what was read, or null when nothing was read yet
 */
@AggregateRoot
public record ReadingPosition(@Identity ReadingPositionId id, @Nullable Cursor cursor) {

  /** A reader that has read nothing yet. */
  public static ReadingPosition unread(ReadingPositionId id) {
    return new ReadingPosition(id, null);
  }

  /**
   * The position after a read.
   *
   * @param readFrom the position the read started from
   * @param readTo the end of what was read
   * @return the new position, or empty when the stored one is no longer where the read started
   */
  public Optional<ReadingPosition> advance(@Nullable Cursor readFrom, Cursor readTo) {
    return Objects.equals(cursor, readFrom)
        ? Optional.of(new ReadingPosition(id, readTo))
        : Optional.empty();
  }
}
