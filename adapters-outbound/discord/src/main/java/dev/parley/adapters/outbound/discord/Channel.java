package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.adapters.outbound.support.StoreCursors.Place;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.topic.TopicName;

/**
 * The text channel of a topic.
 *
 * @param guild the id of the server it belongs to
 */
record Channel(TopicName topic, long id, long guild, StoreCursors cursors) {

  static Channel of(TopicName topic, long id, long guild) {
    var location = Long.toUnsignedString(guild) + "/" + topic.value();
    return new Channel(
        topic, id, guild, new StoreCursors("discord", location, Long.toUnsignedString(id)));
  }

  /** The cursor right after a message. */
  Cursor after(long message) {
    return cursors.at(Long.toUnsignedString(message));
  }

  /** Where a cursor stands: after a message, or in a channel that the topic had before. */
  sealed interface Position {
    record After(long message) implements Position {}

    record InFormerChannel() implements Position {}
  }

  Position positionOf(Cursor cursor) {
    return switch (cursors.placeOf(cursor)) {
      case Place.InFormerStore() -> new Position.InFormerChannel();
      case Place.Here(var place) ->
          Snowflake.parse(place)
              .map(Position.After::new)
              .orElseThrow(() -> StoreCursors.rejected(cursor, "is damaged"));
    };
  }
}
