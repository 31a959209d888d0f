package dev.parley.adapters.inbound.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.parley.domain.history.Page;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Results as JSON text, written straight from the domain: pages may be long. */
final class Json {

  private static final int BUFFERS = 4;

  // The default pool of buffers is one per thread, and each call has a thread of its own.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS))
          .build();

  // The fields of every message, encoded once.
  private static final SerializedString TOPIC = new SerializedString("topic");
  private static final SerializedString SENDER_HANDLE = new SerializedString("senderHandle");
  private static final SerializedString SENDER_KIND = new SerializedString("senderKind");
  private static final SerializedString CONTENT = new SerializedString("content");
  private static final SerializedString TIMESTAMP = new SerializedString("timestamp");
  private static final SerializedString BACKEND_MSG_ID = new SerializedString("backendMsgId");
  private static final SerializedString CURSOR = new SerializedString("cursor");
  private static final SerializedString MENTIONS = new SerializedString("mentions");

  private Json() {}

  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** An object in UTF-8. */
  static byte[] object(Fields fields) {
    try (var bytes = new ByteArrayBuilder()) {
      try (var json = FACTORY.createGenerator(bytes)) {
        json.writeStartObject();
        fields.write(json);
        json.writeEndObject();
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page of history, as {@code parley_fetch_recent} answers. */
  static byte[] page(Page page) {
    return object(json -> {
      messages(json, "messages", page.messages(), Set.of());
      json.writeStringField("nextCursor", page.next().value());
      flag(json, "more", page.more());
      flag(json, "gap", page.gap());
    });
  }

  /** The messages as an array field; {@code pushed} are those to be flagged as pushed before. */
  static void messages(
      JsonGenerator json, String field, Collection<Message> messages, Set<MessageId> pushed)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (var message : messages) {
      message(json, message, pushed.contains(message.id()));
    }
    json.writeEndArray();
  }

  private static void message(JsonGenerator json, Message message, boolean pushed)
      throws IOException {
    var sender = message.sender();
    json.writeStartObject();
    text(json, TOPIC, message.topic().value());
    text(json, SENDER_HANDLE, sender.handle());
    text(json, SENDER_KIND, wireName(sender.kind()));
    if (sender.account() != null) {
      json.writeStringField("senderAccount", sender.account());
    }
    text(json, CONTENT, message.content());
    var timestamp = Iso8601.of(message.timestamp());
    json.writeFieldName(TIMESTAMP);
    json.writeRawUTF8String(timestamp, 0, timestamp.length);
    text(json, BACKEND_MSG_ID, message.id().value());
    text(json, CURSOR, message.cursor().value());
    if (message.parent() != null) {
      json.writeStringField("inReplyTo", message.parent().value());
    }
    json.writeFieldName(MENTIONS);
    json.writeStartArray();
    for (var mention : message.mentions()) {
      json.writeString(mention);
    }
    json.writeEndArray();
    flag(json, "edited", message.edited());
    flag(json, "deleted", message.condition() == Condition.DELETED);
    flag(json, "unreadable", message.condition() == Condition.UNREADABLE);
    flag(json, "pushed", pushed);
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, SerializedString field, String value)
      throws IOException {
    json.writeFieldName(field);
    text(json, value);
  }

  /** A field with a text in it, as {@link #text(JsonGenerator, String)} writes it. */
  static void text(JsonGenerator json, String field, String value) throws IOException {
    json.writeFieldName(field);
    text(json, value);
  }

  /** A text; half a surrogate pair in it, which many clients refuse, becomes a question mark. */
  static void text(JsonGenerator json, String value) throws IOException {
    var utf8 = value.getBytes(StandardCharsets.UTF_8);
    json.writeUTF8String(utf8, 0, utf8.length);
  }

  /** A text as JSON writes it, in quotes. */
  static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** What a kind of sender is called on the wire. */
  static String wireName(Sender.Kind kind) {
    return switch (kind) {
      case AGENT -> "agent";
      case PERSON -> "person";
      case UNVERIFIED -> "unverified";
    };
  }

  /** A flag that is only written when it is set. */
  static void flag(JsonGenerator json, String field, boolean set) throws IOException {
    if (set) {
      json.writeBooleanField(field, true);
    }
  }

  /** The schema of what {@link #messages} writes for each message. */
  static Map<String, Object> messageSchema() {
    return Schema.object()
        .required("topic", Schema.text("the topic"))
        .required("senderHandle", Schema.text("who wrote it"))
        .required("senderKind", Schema.oneOf("what the sender is", "agent", "person", "unverified"))
        .optional("senderAccount", Schema.text("the backend's account id of the sender"))
        .required("content", Schema.text("what was written"))
        .required("timestamp", Schema.text("when, ISO-8601; for people, not for ordering"))
        .required("backendMsgId", Schema.text("the message id, for in_reply_to"))
        .required("cursor", Schema.text("the position, for since and before"))
        .optional("inReplyTo", Schema.text("the id of the message it answers"))
        .required("mentions", Schema.list(Schema.text("a handle"), "the handles it mentions"))
        .optional("edited", Schema.flag("the sender changed it later"))
        .optional("deleted", Schema.flag("it was taken back"))
        .optional("unreadable", Schema.flag("the stored record could not be read"))
        .optional("pushed", Schema.flag("it was already pushed in this session"))
        .build();
  }
}
