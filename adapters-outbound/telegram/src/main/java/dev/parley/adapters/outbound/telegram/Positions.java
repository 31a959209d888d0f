package dev.parley.adapters.outbound.telegram;

import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.message.Cursor;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Positions in one store: the place in its order after which to read. */
final class Positions {

  private final StoreCursors cursors;

  Positions(Path store, String epoch) {
    this.cursors = new StoreCursors("telegram", store.toString(), epoch);
  }

  Cursor after(long seq) {
    return cursors.at(Long.toString(seq));
  }

  /**
   * The place of a cursor; empty when it is in a store that was here before and is gone.
   *
   * @throws dev.parley.ports.BackendException.CursorRejected when it is not one of this store
   */
  OptionalLong placeOf(Cursor cursor) {
    return cursors.placeOf(cursor) instanceof StoreCursors.Place.Here(var place)
        ? OptionalLong.of(StoreCursors.number(cursor, place))
        : OptionalLong.empty();
  }
}
