package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stream entries read as messages. Entries of other writers may hold anything: whatever can be read
 * is, and what cannot appears as a marked placeholder in its place.
 */
final class Entries {

  static final byte[] SENDER = bytes("sender");
  static final byte[] CONTENT = bytes("content");
  static final byte[] TS = bytes("ts");
  static final byte[] IN_REPLY_TO = bytes("in_reply_to");
  static final byte[] KIND = bytes("kind");

  private static final long LATEST_SHOWN = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private static final int WEIGHT_OF_ANY = 32;

  private final TopicName topic;
  private final StoreCursors cursors;

  Entries(TopicName topic, StoreCursors cursors) {
    this.topic = topic;
    this.cursors = cursors;
  }

  /** The id of an entry as the server sends it: a list of the id and the list of fields. */
  static EntryId idOf(@Nullable Object entry) {
    return EntryId.of((byte[]) entry(entry).getFirst());
  }

  /** Whether something of an entry was left out because of what came before it in the reply. */
  static boolean isCutShort(@Nullable Object entry) {
    for (var field : fields(entry)) {
      if (field instanceof Replies.LeftOut left && !left.tooLarge()) {
        return true;
      }
    }
    return false;
  }

  /** About how many bytes an entry takes here. */
  static long weightOf(@Nullable Object entry) {
    long weight = WEIGHT_OF_ANY;
    for (var field : fields(entry)) {
      weight += WEIGHT_OF_ANY + (field instanceof byte[] bytes ? bytes.length : 0);
    }
    return weight;
  }

  private static List<?> entry(@Nullable Object reply) {
    if (reply instanceof List<?> list && list.size() == 2) {
      return list;
    }
    throw new IllegalArgumentException("the server sent something else for a stream entry");
  }

  // A consumer group's reader gets null for the fields of a deleted entry; nobody else does.
  private static List<?> fields(@Nullable Object entry) {
    return entry(entry).getLast() instanceof List<?> fields ? fields : List.of();
  }

  /** The message of an entry. */
  Message read(@Nullable Object entry) {
    var id = new String((byte[]) entry(entry).getFirst(), StandardCharsets.US_ASCII);
    var fields = fields(entry);
    var content = valueOf(CONTENT, fields);
    return new Message(
        new MessageId(id),
        topic,
        SharedLayout.sender(text(valueOf(SENDER, fields)), text(valueOf(KIND, fields))),
        contentOf(content),
        cursors.at(id),
        timeOf(text(valueOf(TS, fields)), id),
        SharedLayout.parent(text(valueOf(IN_REPLY_TO, fields))),
        content instanceof byte[] ? Condition.ORIGINAL : Condition.UNREADABLE);
  }

  /** The value of a field; the last one when there are several. */
  private static @Nullable Object valueOf(byte[] name, List<?> fields) {
    for (var n = fields.size() - fields.size() % 2 - 2; n >= 0; n -= 2) {
      if (fields.get(n) instanceof byte[] found && Arrays.equals(found, name)) {
        return fields.get(n + 1);
      }
    }
    return null;
  }

  private static String contentOf(@Nullable Object content) {
    if (content instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    return SharedLayout.placeholder(
        content instanceof Replies.LeftOut(var size)
            ? "%,d bytes are too many to show".formatted(size)
            : "it has no content");
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : null;
  }

  // An id tells the time as well, unless it was made up.
  private static Instant timeOf(@Nullable String ts, String id) {
    var written = Timestamps.parse(ts);
    if (!written.equals(Instant.EPOCH)) {
      return written;
    }
    var known = EntryId.parse(id);
    return known != null && known.milliseconds() >= 0 && known.milliseconds() <= LATEST_SHOWN
        ? Instant.ofEpochMilli(known.milliseconds())
        : Instant.EPOCH;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
