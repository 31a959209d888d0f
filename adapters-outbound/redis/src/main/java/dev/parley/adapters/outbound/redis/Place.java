package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.message.Cursor;
import dev.parley.ports.BackendException.CursorRejected;

/** Where a cursor stands. */
sealed interface Place {

  /** After the entry with this id, whether it still exists or not. */
  record After(EntryId id) implements Place {}

  /** In a store that was here before and is gone. */
  record InFormerStore() implements Place {}

  /**
   * Reads a cursor.
   *
   * @throws CursorRejected when it is not one of this store or of a former one at its place
   */
  static Place of(Cursor cursor, StoreCursors cursors) {
    if (!(cursors.placeOf(cursor) instanceof StoreCursors.Place.Here(var place))) {
      return new InFormerStore();
    }
    var id = EntryId.parse(place);
    if (id == null) {
      throw StoreCursors.rejected(cursor, "names no possible entry");
    }
    return new After(id);
  }
}
