package dev.parley.adapters.outbound.support;

import dev.parley.domain.message.Cursor;
import dev.parley.ports.BackendException.CursorRejected;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The cursors of one store: {@code BACKEND:LOCATION:EPOCH:PLACE}. The location is a hash of where
 * the store is, the epoch tells it from a store that was there before, and the place is the
 * backend's own position in it.
 */
public final class StoreCursors {

  private static final int LOCATION_BYTES = 6;
  private static final int LONGEST_SHOWN = 80;

  private final String location;
  private final String epoch;
  private final String prefix;
  private final Pattern form;

  /**
   * Cursors of a store.
   *
   * @param backend the plugin's name
   * @param location where the store is, as the configuration says it; only its hash is shown
   * @param epoch letters and digits that no other store at this location has had
   */
  public StoreCursors(String backend, String location, String epoch) {
    this.location = hash(location);
    this.epoch = epoch;
    this.prefix = backend + ":" + this.location + ":" + epoch + ":";
    this.form = Pattern.compile(Pattern.quote(backend) + ":([0-9a-f]{12}):([0-9A-Za-z]+):(.+)");
  }

  /** Where a cursor stands. */
  public sealed interface Place {
    /** At this place of this store, which the backend has to check. */
    record Here(String place) implements Place {}

    /** In a store that was at this location before and is gone. */
    record InFormerStore() implements Place {}
  }

  /** The cursor of a place. */
  public Cursor at(String place) {
    return new Cursor(prefix.concat(place));
  }

  /**
   * Reads a cursor.
   *
   * @throws CursorRejected when it is not one of this store or of a former one at its location
   */
  public Place placeOf(Cursor cursor) {
    var value = cursor.value();
    // Nearly every cursor; a session's first ones would wait for the pattern to be interpreted.
    if (value.startsWith(prefix) && value.length() > prefix.length()) {
      return new Place.Here(value.substring(prefix.length()));
    }
    var parts = form.matcher(value);
    if (!parts.matches()) {
      throw rejected(cursor, "is not a cursor of this backend");
    }
    if (parts.group(2).equals(epoch)) {
      return new Place.Here(parts.group(3));
    }
    if (parts.group(1).equals(location)) {
      return new Place.InFormerStore();
    }
    throw rejected(cursor, "belongs to another store");
  }

  /**
   * The place of a cursor, where places are whole numbers.
   *
   * @throws CursorRejected when it is not written as one of 64 bits is
   */
  public static long number(Cursor cursor, String place) {
    try {
      var number = Long.parseLong(place);
      if (Long.toString(number).equals(place)) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Said below.
    }
    throw rejected(cursor, "names no place");
  }

  /** Says that a cursor cannot be taken, and what to pass instead; {@code why} is a predicate. */
  public static CursorRejected rejected(Cursor cursor, String why) {
    var value = cursor.value();
    var shown = value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "..." : value;
    return new CursorRejected(
        "the cursor '%s' %s: pass one that an earlier page or message of this topic gave, or none"
            .formatted(shown, why));
  }

  private static String hash(String location) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(location.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, LOCATION_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
