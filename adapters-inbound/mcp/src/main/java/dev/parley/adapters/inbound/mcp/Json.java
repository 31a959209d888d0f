package dev.parley.adapters.inbound.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Results as JSON text, written straight from the domain: pages may be long. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static String object(Fields fields) {
    var text = new StringWriter(256);
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
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
    json.writeStringField("topic", message.topic().value());
    json.writeStringField("senderHandle", sender.handle());
    json.writeStringField("senderKind", wireName(sender.kind()));
    if (sender.account() != null) {
      json.writeStringField("senderAccount", sender.account());
    }
    json.writeStringField("content", message.content());
    json.writeStringField("timestamp", message.timestamp().toString());
    json.writeStringField("backendMsgId", message.id().value());
    json.writeStringField("cursor", message.cursor().value());
    if (message.parent() != null) {
      json.writeStringField("inReplyTo", message.parent().value());
    }
    json.writeArrayFieldStart("mentions");
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
