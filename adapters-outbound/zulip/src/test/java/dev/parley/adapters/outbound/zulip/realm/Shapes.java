package dev.parley.adapters.outbound.zulip.realm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** JSON in the shapes that Zulip documents. */
final class Shapes {

  static final ObjectMapper JSON = new ObjectMapper();

  private Shapes() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static ObjectNode success() {
    return object().put("result", "success").put("msg", "");
  }

  static ObjectNode error(String code, String msg) {
    return object().put("result", "error").put("msg", msg).put("code", code);
  }

  static ArrayNode ids(Collection<Long> ids) {
    var array = JSON.createArrayNode();
    ids.forEach(array::add);
    return array;
  }

  /** A message, as raw Markdown. */
  static ObjectNode message(StoredMessage message) {
    var sender = message.sender();
    var shape =
        object()
            .put("id", message.id())
            .put("type", "stream")
            .put("stream_id", message.channel().id())
            .put("display_recipient", message.channel().name())
            .put("recipient_id", message.channel().id() + 1_000)
            .put("subject", message.topic())
            .put("content", message.content())
            .put("content_type", "text/x-markdown")
            .put("timestamp", message.sent().getEpochSecond())
            .put("client", sender.isBot() ? "Parley" : "website")
            .put("is_me_message", message.content().startsWith("/me "))
            .put("sender_id", sender.id())
            .put("sender_email", sender.email())
            .put("sender_full_name", sender.fullName())
            .put("sender_realm_str", sender.isSystem() ? "zulipinternal" : "double")
            .putNull("avatar_url");
    shape.putArray("reactions");
    shape.putArray("submessages");
    shape.putArray("topic_links");
    changes(message, shape);
    return shape;
  }

  // As before Zulip 10: a move is an edit as well.
  private static void changes(StoredMessage message, ObjectNode shape) {
    if (message.changes().isEmpty()) {
      return;
    }
    shape.put("last_edit_timestamp", message.changes().getFirst().at().getEpochSecond());
    var history = shape.putArray("edit_history");
    var content = message.content();
    var topic = message.topic();
    for (var change : message.changes()) {
      var edit =
          history.addObject().put("timestamp", change.at().getEpochSecond()).put("user_id", 1);
      if (!change.previousContent().equals(content)) {
        edit.put("prev_content", change.previousContent());
      }
      if (!change.previousTopic().equals(topic)) {
        edit.put("prev_topic", change.previousTopic()).put("topic", topic);
      }
      content = change.previousContent();
      topic = change.previousTopic();
    }
  }

  static ObjectNode member(Account account) {
    var shape =
        object()
            .put("user_id", account.id())
            .put("email", account.email())
            .put("full_name", account.fullName())
            .put("is_active", true)
            .put("is_bot", account.isBot())
            .put("is_owner", false)
            .put("is_admin", false)
            .put("is_guest", false)
            .put("role", 400)
            .put("timezone", "")
            .put("date_joined", "2026-01-01T00:00:00+00:00")
            .putNull("avatar_url")
            .put("avatar_version", 1);
    if (account.botType() == null) {
      return shape.putNull("bot_type").putNull("delivery_email");
    }
    return shape
        .put("bot_type", account.botType())
        .put("bot_owner_id", 1)
        .put("delivery_email", account.email());
  }

  static ObjectNode subscription(RealmChannel channel) {
    return object()
        .put("stream_id", channel.id())
        .put("name", channel.name())
        .put("description", "")
        .put("rendered_description", "")
        .put("date_created", channel.created())
        .put("invite_only", false)
        .put("is_muted", false)
        .put("color", "#c2c2c2")
        .put("stream_post_policy", channel.isReadOnly() ? 2 : 1)
        .put(
            "can_send_message_group", channel.isReadOnly() ? Realm.ADMINISTRATORS : Realm.EVERYBODY)
        .putNull("message_retention_days")
        .put("history_public_to_subscribers", true)
        .put("is_archived", channel.isArchived());
  }
}
