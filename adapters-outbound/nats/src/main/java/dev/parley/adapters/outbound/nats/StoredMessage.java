package dev.parley.adapters.outbound.nats;

import io.nats.client.Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A message as a stream holds it. */
final class StoredMessage {

  private static final byte[] NOTHING = {};

  private final long sequence;
  private final byte[] payload;
  private final Supplier<Instant> stored;

  StoredMessage(long sequence, byte[] payload, Supplier<Instant> stored) {
    this.sequence = sequence;
    this.payload = payload;
    this.stored = stored;
  }

  long sequence() {
    return sequence;
  }

  byte[] payload() {
    return payload;
  }

  /** When the server stored it; worked out only when asked for. */
  Supplier<Instant> stored() {
    return stored;
  }

  /** What a consumer delivered. */
  static StoredMessage delivered(Message message) {
    var meta = message.metaData();
    return new StoredMessage(
        meta.streamSequence(), payloadOf(message), () -> meta.timestamp().toInstant());
  }

  /** What a direct get answered. */
  static StoredMessage gotten(Message message) {
    var headers = message.getHeaders();
    return new StoredMessage(
        Long.parseLong(headers.getFirst("Nats-Sequence")),
        payloadOf(message),
        () -> instantOf(headers.getFirst("Nats-Time-Stamp")));
  }

  static Instant instantOf(@Nullable String text) {
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeException odd) {
      return Instant.EPOCH;
    }
  }

  private static byte[] payloadOf(Message message) {
    var payload = message.getData();
    return payload == null ? NOTHING : payload;
  }
}
