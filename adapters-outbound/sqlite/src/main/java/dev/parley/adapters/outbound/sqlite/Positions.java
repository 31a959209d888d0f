package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.message.Cursor;
import dev.parley.ports.BackendException.CursorRejected;
import java.nio.file.Path;

/** Positions in one database: the row id after which to read, of the store with a random id. */
final class Positions {

  private final StoreCursors cursors;

  Positions(Path database, String epoch) {
    this.cursors = new StoreCursors("sqlite", database.toString(), epoch);
  }

  /** Where a cursor stands in this store. */
  sealed interface Place {
    /** After the row with this id, whether it still exists or not. */
    record After(long id) implements Place {}

    /** In a store that was here before and is gone. */
    record InFormerStore() implements Place {}
  }

  Cursor after(long id) {
    return cursors.at(Long.toString(id));
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
