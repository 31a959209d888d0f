package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.TextHeader;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads events as messages. Who sent an event is the homeserver's word; what an event says about
 * its sender is believed only where that is a bridge's account.
 */
final class EventReader {

  static final String SENDER_FIELD = "dev.parley.sender";
  private static final String DELETED = "[deleted]";

  private final Bridges bridges;

  EventReader(Bridges bridges) {
    this.bridges = bridges;
  }

  /** The message that an event is; empty for an edit, a reaction, or whatever else is none. */
  Optional<Message> read(Room room, JsonNode event) {
    var id = event.path("event_id").asText("");
    if (id.isEmpty() || event.has("state_key") || isEdit(event.path("content"))) {
      return Optional.empty();
    }
    return switch (event.path("type").asText("")) {
      case "m.room.message", "m.sticker" -> Optional.of(message(room, id, event));
      case "m.room.encrypted" ->
          Optional.of(
              placed(
                  room,
                  id,
                  event,
                  SharedLayout.placeholder("it is encrypted, and Parley has no keys"),
                  Condition.UNREADABLE));
      default -> Optional.empty();
    };
  }

  private static boolean isEdit(JsonNode content) {
    return content.path("m.relates_to").path("rel_type").asText("").equals("m.replace");
  }

  private Message message(Room room, String id, JsonNode event) {
    if (event.path("unsigned").has("redacted_because")) {
      return placed(room, id, event, DELETED, Condition.DELETED);
    }
    var edit = edit(event);
    var shown = edit == null ? event.path("content") : edit;
    var text = Bodies.text(event.path("type").asText(), shown);
    if (text == null) {
      return placed(
          room,
          id,
          event,
          SharedLayout.placeholder("it has no body in a form that Parley knows"),
          Condition.UNREADABLE);
    }
    return placed(
        room,
        id,
        event,
        withoutHeader(event, text),
        edit == null ? Condition.ORIGINAL : Condition.EDITED);
  }

  /** The latest content that the event's own sender gave it; null where it was never changed. */
  private static @Nullable JsonNode edit(JsonNode event) {
    var replacement = event.path("unsigned").path("m.relations").path("m.replace");
    var content = replacement.path("content").path("m.new_content");
    return content.isObject() && replacement.path("sender").equals(event.path("sender"))
        ? content
        : null;
  }

  private String withoutHeader(JsonNode event, String text) {
    if (!isOfBridge(event)) {
      return text;
    }
    var claimed = claimed(event);
    if (claimed.isEmpty()) {
      return text;
    }
    var header = TextHeader.write(new Handle(claimed.get().handle()), claimed.get().kind(), "");
    return text.startsWith(header) ? text.substring(header.length()) : text;
  }

  private Message placed(
      Room room, String id, JsonNode event, String content, Condition condition) {
    return new Message(
        new MessageId(id),
        room.topic(),
        sender(event),
        content,
        room.at(id),
        Instant.ofEpochMilli(event.path("origin_server_ts").asLong(0)),
        parent(event.path("content").path("m.relates_to")),
        condition);
  }

  private Sender sender(JsonNode event) {
    var account = event.path("sender").asText("unknown");
    var name = localpart(account);
    if (!isOfBridge(event)) {
      return new Sender(name, account, Sender.Kind.PERSON);
    }
    return claimed(event).orElseGet(() -> new Sender(name, account, Sender.Kind.UNVERIFIED));
  }

  private boolean isOfBridge(JsonNode event) {
    return bridges.include(event.path("sender").asText(""));
  }

  /** Who a bridge says it was. */
  private static Optional<Sender> claimed(JsonNode event) {
    var claim = event.path("content").path(SENDER_FIELD);
    var handle = claim.path("handle").asText("");
    if (!Handle.isHandle(handle)) {
      return Optional.empty();
    }
    var kind =
        switch (claim.path("kind").asText("")) {
          case "agent" -> Sender.Kind.AGENT;
          case "person" -> Sender.Kind.PERSON;
          default -> Sender.Kind.UNVERIFIED;
        };
    return Optional.of(new Sender(handle, event.path("sender").asText(), kind));
  }

  static String localpart(String userId) {
    var colon = userId.indexOf(':');
    var name =
        userId.substring(userId.startsWith("@") ? 1 : 0, colon < 0 ? userId.length() : colon);
    return name.isEmpty() ? "unknown" : name;
  }

  // Older clients see a thread as replies to its last message: that is no parent anybody chose.
  private static @Nullable MessageId parent(JsonNode relation) {
    var replied = relation.path("m.in_reply_to").path("event_id").asText("");
    var inThread = relation.path("rel_type").asText("").equals("m.thread");
    var named =
        inThread && (replied.isEmpty() || relation.path("is_falling_back").asBoolean(false))
            ? relation.path("event_id").asText("")
            : replied;
    return SharedLayout.parent(named);
  }
}
