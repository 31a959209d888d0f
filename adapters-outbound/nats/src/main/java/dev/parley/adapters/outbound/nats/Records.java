package dev.parley.adapters.outbound.nats;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.ports.outbound.Self;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The JSON in which topics are shared: {@code {sender, content, ts, in_reply_to}}, and Parley's own
 * {@code sender_kind} where the sender is no agent. Other software may have left anything.
 */
final class Records {

  // Without the feature a character beyond the basic plane takes 12 bytes instead of 4.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();
  private static final int ROOM_FOR_FIELDS = 192;

  private Records() {}

  /** The payload of a message. */
  static byte[] write(Self self, String content, @Nullable String parent, Instant now) {
    var bytes = new ByteArrayOutputStream(content.length() + ROOM_FOR_FIELDS);
    try (var json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("sender", self.handle().value());
      json.writeStringField("content", content);
      json.writeStringField("ts", Timestamps.format(now));
      json.writeStringField("in_reply_to", parent);
      var kind = SharedLayout.storedKind(self.kind());
      if (kind != null) {
        json.writeStringField("sender_kind", kind);
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * The message that a stream holds at a sequence.
   *
   * @param stored when the server stored it, asked for only where the record has no usable time
   */
  static Message read(Place place, long sequence, byte[] payload, Supplier<Instant> stored) {
    var fields = new Fields();
    String complaint;
    try (var json = JSON.createParser(payload)) {
      complaint = fields.read(json) ? fields.complaint() : "it is no JSON object";
    } catch (JacksonException broken) {
      complaint = "%,d bytes that are no JSON".formatted(payload.length);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    var time = Timestamps.parse(fields.ts);
    return new Message(
        place.idOf(sequence),
        place.topic(),
        SharedLayout.sender(fields.sender, fields.senderKind),
        complaint == null ? String.valueOf(fields.content) : SharedLayout.placeholder(complaint),
        place.after(sequence),
        time.equals(Instant.EPOCH) ? stored.get() : time,
        place.parent(fields.inReplyTo),
        complaint == null ? Condition.ORIGINAL : Condition.UNREADABLE);
  }

  /** The fields of one record, as far as they could be read. */
  private static final class Fields {

    private @Nullable String sender;
    private @Nullable String content;
    private @Nullable String ts;
    private @Nullable String inReplyTo;
    private @Nullable String senderKind;

    boolean read(JsonParser json) throws IOException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var name = json.currentName();
        var value = scalar(json);
        switch (name) {
          case "sender" -> sender = value;
          case "content" -> content = value;
          case "ts" -> ts = value;
          case "in_reply_to" -> inReplyTo = value;
          case "sender_kind" -> senderKind = value;
          default -> {}
        }
      }
      return true;
    }

    private static @Nullable String scalar(JsonParser json) throws IOException {
      var token = json.nextToken();
      if (token == null || !token.isScalarValue()) {
        json.skipChildren();
        return null;
      }
      return token == JsonToken.VALUE_NULL ? null : wellFormed(json.getText());
    }

    // JSON can spell half a character, which nothing further on could write.
    private static String wellFormed(String text) {
      for (var i = 0; i < text.length(); i++) {
        if (Character.isSurrogate(text.charAt(i))) {
          return text.codePoints()
              .map(c -> Character.getType(c) == Character.SURROGATE ? '\ufffd' : c)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
        }
      }
      return text;
    }

    @Nullable String complaint() {
      return content == null ? "it has no content" : null;
    }
  }
}
