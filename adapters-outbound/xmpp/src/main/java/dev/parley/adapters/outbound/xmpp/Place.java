package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.message.Cursor;
import dev.parley.ports.BackendException.CursorRejected;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The cursors of one room: archive ids, with a checksum, since a server has no way to tell an id
 * that it never gave from one that it has forgotten. A room that was made anew has other ids, so
 * that a place in the former room is one that is gone.
 */
final class Place {

  private static final int CHECK_BYTES = 4;
  private static final int CHECK = 2 * CHECK_BYTES;
  private static final char AFTER_MESSAGE = 'm';
  private static final char AT_BEGINNING = 'b';

  private final StoreCursors cursors;

  Place(RoomAddress room) {
    // Archive ids tell a room from a former one of its name, so that the name is the epoch.
    this.cursors = new StoreCursors("xmpp", room.toString(), check(room.toString()));
  }

  /** Where a cursor stands. */
  sealed interface Position {
    /** After the message of this archive id, whether it is still there or not. */
    record After(String id) implements Position {}

    /** Before the first message of a topic that had none at this time. */
    record Beginning(Instant seen) implements Position {}
  }

  Cursor after(String archiveId) {
    return at(AFTER_MESSAGE + archiveId);
  }

  /** The place in a topic without messages. */
  Cursor beginning() {
    return at(AT_BEGINNING + Long.toString(Instant.now().getEpochSecond()));
  }

  private Cursor at(String place) {
    return cursors.at(check(place) + place);
  }

  /**
   * Reads a cursor.
   *
   * @throws CursorRejected when it is not one of this room
   */
  Position positionOf(Cursor cursor) {
    if (!(cursors.placeOf(cursor) instanceof StoreCursors.Place.Here(var checked))
        || checked.length() < CHECK + 2) {
      throw StoreCursors.rejected(cursor, "names no place");
    }
    var place = checked.substring(CHECK);
    if (!check(place).equals(checked.substring(0, CHECK))) {
      throw StoreCursors.rejected(cursor, "was changed on its way");
    }
    var value = place.substring(1);
    return switch (place.charAt(0)) {
      case AFTER_MESSAGE -> new Position.After(value);
      case AT_BEGINNING -> new Position.Beginning(Instant.ofEpochSecond(Long.parseLong(value)));
      default -> throw StoreCursors.rejected(cursor, "names no place");
    };
  }

  private static String check(String place) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, CHECK_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
