package dev.parley.adapters.outbound.sqlite;

import dev.parley.domain.message.Cursor;
import dev.parley.ports.BackendException.CursorRejected;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The cursors of one store: {@code sqlite:LOCATION:EPOCH:ID}, with a hash of the database's path,
 * the store's random id and the row id after which to read.
 */
final class Positions {

  private static final Pattern FORM =
      Pattern.compile("sqlite:([0-9a-f]{12}):([0-9a-f]{16}):(0|-?[1-9][0-9]{0,18})");
  private static final int LOCATION_BYTES = 6;

  private final String location;
  private final String epoch;
  private final String prefix;

  Positions(Path database, String epoch) {
    this.location = hash(database);
    this.epoch = epoch;
    this.prefix = "sqlite:" + location + ":" + epoch + ":";
  }

  /** Where a cursor stands in this store. */
  sealed interface Place {
    /** After the row with this id, whether it still exists or not. */
    record After(long id) implements Place {}

    /** In a store that was here before and is gone. */
    record InFormerStore() implements Place {}
  }

  Cursor after(long id) {
    return new Cursor(prefix.concat(Long.toString(id)));
  }

  /**
   * Reads a cursor.
   *
   * @throws CursorRejected when it is not one of this store or of a former one at its place
   */
  Place placeOf(Cursor cursor) {
    var parts = FORM.matcher(cursor.value());
    if (!parts.matches()) {
      throw rejected(cursor, "is not a cursor of this backend");
    }
    if (parts.group(2).equals(epoch)) {
      try {
        return new Place.After(Long.parseLong(parts.group(3)));
      } catch (NumberFormatException beyondAnyRow) {
        throw rejected(cursor, "names no possible row");
      }
    }
    if (parts.group(1).equals(location)) {
      return new Place.InFormerStore();
    }
    throw rejected(cursor, "belongs to another database");
  }

  private static CursorRejected rejected(Cursor cursor, String why) {
    var shown =
        cursor.value().length() > 80 ? cursor.value().substring(0, 80) + "..." : cursor.value();
    return new CursorRejected(
        "the cursor '%s' %s: pass one that an earlier page or message of this topic gave, or none"
            .formatted(shown, why));
  }

  private static String hash(Path database) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(database.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, LOCATION_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
