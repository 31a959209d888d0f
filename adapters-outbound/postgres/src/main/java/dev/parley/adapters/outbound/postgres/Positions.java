package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.message.Cursor;
import dev.parley.ports.BackendException.CursorRejected;

/** Positions in one store: the seq after which to read. */
final class Positions {

  private final StoreCursors cursors;

  /**
   * Positions in a store.
   *
   * @param epoch the random id that the store keeps
   */
  Positions(PostgresSettings settings, String epoch) {
    this.cursors =
        new StoreCursors("postgres", settings.url().place() + "#" + settings.table(), epoch);
  }

  /** Where a cursor stands in this store. */
  sealed interface Place {
    /** After the message with this seq, whether it still exists or not. */
    record After(long seq) implements Place {}

    /** In a store that was here before and is gone. */
    record InFormerStore() implements Place {}
  }

  Cursor after(long seq) {
    return cursors.at(Long.toString(seq));
  }

  /**
   * Reads a cursor.
   *
   * @throws CursorRejected when it is not one of this store or of a former one at its place
   */
  Place placeOf(Cursor cursor) {
    return cursors.placeOf(cursor) instanceof StoreCursors.Place.Here(var place)
        ? new Place.After(StoreCursors.number(cursor, place))
        : new Place.InFormerStore();
  }
}
