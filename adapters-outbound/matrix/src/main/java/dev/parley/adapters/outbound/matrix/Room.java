package dev.parley.adapters.outbound.matrix;

import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The room of a topic, and the cursors of messages in it. A cursor holds the id of an event and a
 * checksum, by which an id that the homeserver has forgotten is told from one that never was. The
 * room's id is the epoch: a room that is made anew has another one.
 */
final class Room {

  // No room has this epoch.
  private static final String NO_ROOM = "0";
  private static final String BEGINNING = "beginning";
  private static final int EPOCH_BYTES = 8;
  private static final int CHECK_BYTES = 4;
  private static final Pattern PLACE = Pattern.compile("(.+)~([0-9a-f]{8})");

  private final TopicName topic;
  private final String name;
  private final @Nullable String id;
  private final StoreCursors cursors;
  private final Cursor beforeAnyRoom;

  private Room(TopicName topic, String name, @Nullable String id) {
    this.topic = topic;
    this.name = name;
    this.id = id;
    var location = name + "\n" + topic.value();
    this.cursors =
        new StoreCursors("matrix", location, id == null ? NO_ROOM : hash(id, EPOCH_BYTES));
    this.beforeAnyRoom = new StoreCursors("matrix", location, NO_ROOM).at(BEGINNING);
  }

  /**
   * The room of a topic.
   *
   * @param name its alias, or its id where it is known by that
   */
  static Room of(TopicName topic, String name, String id) {
    return new Room(topic, name, id);
  }

  /** The place of a topic that has no room yet. */
  static Room missing(TopicName topic, String name) {
    return new Room(topic, name, null);
  }

  TopicName topic() {
    return topic;
  }

  /** What a person calls it. */
  String name() {
    return name;
  }

  String id() {
    if (id == null) {
      throw new IllegalStateException("the topic '%s' has no room yet".formatted(topic));
    }
    return id;
  }

  /** The path of the room in the API. */
  String path() {
    return "/rooms/" + Homeserver.encoded(id());
  }

  /** The cursor at an event. */
  Cursor at(String eventId) {
    return cursors.at(eventId + "~" + checksum(eventId));
  }

  /** The cursor before everything. */
  Cursor beginning() {
    return id == null ? beforeAnyRoom : cursors.at(BEGINNING);
  }

  /** Where a cursor stands. */
  sealed interface Position {
    /** Before everything. */
    record Beginning() implements Position {}

    /** At this event, whether it still exists or not. */
    record At(String eventId) implements Position {}

    /** In a room that the topic had before. */
    record InFormerRoom() implements Position {}
  }

  /**
   * Reads a cursor.
   *
   * @throws dev.parley.ports.BackendException.CursorRejected when it is not one of this topic
   */
  Position positionOf(Cursor cursor) {
    if (cursor.equals(beforeAnyRoom)) {
      return new Position.Beginning();
    }
    return switch (cursors.placeOf(cursor)) {
      case StoreCursors.Place.InFormerStore() -> new Position.InFormerRoom();
      case StoreCursors.Place.Here(var place) ->
          place.equals(BEGINNING)
              ? new Position.Beginning()
              : new Position.At(
                  event(place).orElseThrow(() -> StoreCursors.rejected(cursor, "names no event")));
    };
  }

  private Optional<String> event(String place) {
    var parts = PLACE.matcher(place);
    return parts.matches() && checksum(parts.group(1)).equals(parts.group(2))
        ? Optional.of(parts.group(1))
        : Optional.empty();
  }

  private String checksum(String eventId) {
    return hash(id() + "\n" + eventId, CHECK_BYTES);
  }

  private static String hash(String text, int bytes) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
