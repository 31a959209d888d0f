package dev.parley.adapters.outbound.telegram;

import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.message.Cursor;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Positions in one store: the place in its order after which to read. */
final class Positions {

  private static final Pattern PLACE = Pattern.compile("0|[1-9][0-9]{0,17}");

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
    return switch (cursors.placeOf(cursor)) {
      case StoreCursors.Place.InFormerStore() -> OptionalLong.empty();
      case StoreCursors.Place.Here(var place) -> {
        if (!PLACE.matcher(place).matches()) {
          throw StoreCursors.rejected(cursor, "names no place");
        }
        yield OptionalLong.of(Long.parseLong(place));
      }
    };
  }
}
