package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.CursorRejected;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids and cursors of one topic in one stream. A stream's sequence alone is no id, since every
 * topic has a sequence 1, and has it again when its stream was made anew: the epoch makes it one.
 */
final class Place {

  // No stream has this epoch: it was created in 1970.
  private static final String NO_STREAM = "0";
  private static final String NEVER = "";
  private static final Pattern SEQUENCE = Pattern.compile("0|[1-9][0-9]{0,18}");

  private final TopicName topic;
  private final String created;
  private final String epoch;
  private final StoreCursors cursors;
  private final Cursor beforeAnyStream;
  private final String idPrefix;

  private Place(TopicName topic, String location, String created, String epoch) {
    this.topic = topic;
    this.created = created;
    this.epoch = epoch;
    this.cursors = new StoreCursors("nats", location, epoch);
    this.beforeAnyStream = new StoreCursors("nats", location, NO_STREAM).at("0");
    this.idPrefix = epoch + "-";
  }

  /** The place of a topic that has a stream. */
  static Place in(TopicName topic, String location, StreamState stream) {
    return new Place(topic, location, stream.created(), stream.epoch());
  }

  /** The place of a topic that has no stream yet. */
  static Place withoutStream(TopicName topic, String location) {
    return new Place(topic, location, NEVER, NO_STREAM);
  }

  TopicName topic() {
    return topic;
  }

  boolean isOf(StreamState stream) {
    return created.equals(stream.created()) || epoch.equals(stream.epoch());
  }

  MessageId idOf(long sequence) {
    return new MessageId(idPrefix.concat(Long.toString(sequence)));
  }

  /** The cursor after a message, or 0 for the one before all of them. */
  Cursor after(long sequence) {
    return cursors.at(Long.toString(sequence));
  }

  /** Where a cursor stands. */
  sealed interface Position {
    /** After this sequence, whether its message still exists or not. */
    record After(long sequence) implements Position {}

    /** In a stream that the topic had before. */
    record InFormerStream() implements Position {}
  }

  /**
   * Reads a cursor.
   *
   * @throws CursorRejected when it is not one of this topic
   */
  Position positionOf(Cursor cursor) {
    if (cursor.equals(beforeAnyStream)) {
      return new Position.After(0);
    }
    return cursors.placeOf(cursor) instanceof StoreCursors.Place.Here(var sequence)
        ? new Position.After(sequence(cursor, sequence))
        : new Position.InFormerStream();
  }

  private static long sequence(Cursor cursor, String place) {
    var sequence = StoreCursors.number(cursor, place);
    if (sequence < 0) {
      throw StoreCursors.rejected(cursor, "names no place");
    }
    return sequence;
  }

  /** The parent that a record names: other bridges name a message of the topic by its sequence. */
  @Nullable MessageId parent(@Nullable String named) {
    return named != null && SEQUENCE.matcher(named).matches()
        ? new MessageId(idPrefix.concat(named))
        : SharedLayout.parent(named);
  }

  /** A parent as it is stored. */
  @Nullable String stored(@Nullable MessageId parent) {
    if (parent == null) {
      return null;
    }
    var id = parent.value();
    return id.startsWith(idPrefix) && SEQUENCE.matcher(id.substring(idPrefix.length())).matches()
        ? id.substring(idPrefix.length())
        : id;
  }
}
