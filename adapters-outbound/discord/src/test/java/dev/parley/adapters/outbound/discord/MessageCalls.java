package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the double does when a message is posted: checks, stores, notifies. */
final class MessageCalls {

  private static final int MOST_CHARACTERS = 2_000;
  private static final int SUPPRESS_EMBEDS = 1 << 2;
  private static final Pattern LINK = Pattern.compile("https?://\\S");

  private final Realm realm;

  MessageCalls(Realm realm) {
    this.realm = realm;
  }

  /** A bot posts. */
  Reply asBot(Realm.Bot bot, GuildChannel channel, JsonNode body) {
    if (!channel.allows(Permissions.VIEW_CHANNEL)) {
      return Reply.refused(403, Shapes.error(50_001, "Missing Access"));
    }
    if (!channel.allows(Permissions.SEND_MESSAGES)) {
      return Reply.refused(403, Shapes.error(50_013, "Missing Permissions"));
    }
    var reference = body.path("message_reference");
    var parent = Snowflake.parse(reference.path("message_id").asText()).orElse(0L);
    if (parent != 0 && !channel.allows(Permissions.READ_HISTORY)) {
      return Reply.refused(
          403, Shapes.error(160_002, "Cannot reply without permission to read message history"));
    }
    var referenced = parent == 0 ? null : channel.message(parent);
    if (parent != 0 && referenced == null && reference.path("fail_if_not_exists").asBoolean(true)) {
      return Reply.refused(
          400,
          Shapes.invalidForm("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"));
    }
    return posted(
        channel,
        bot.user(),
        body,
        message -> {
          if (referenced != null) {
            refer(message, referenced, channel);
          }
          if (body.hasNonNull("nonce")) {
            message.set("nonce", body.get("nonce"));
          }
        });
  }

  /** Somebody posts through a webhook; who knows its token may. */
  Reply byWebhook(GuildChannel.Webhook webhook, JsonNode body) {
    var name = body.path("username").asText(webhook.name());
    var lower = name.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("clyde") || lower.contains("discord") || name.length() > 80) {
      return Reply.refused(
          400,
          Shapes.invalidForm(
              "username", "USERNAME_INVALID_CONTAINS", "Username cannot contain this"));
    }
    var author = Shapes.user(webhook.id(), name, true).put("discriminator", "0000");
    return posted(
        webhook.in(),
        author,
        body,
        message -> {
          message.put("webhook_id", Shapes.id(webhook.id()));
          if (webhook.application() != null) {
            message.put("application_id", Shapes.id(webhook.application()));
          }
        });
  }

  private Reply posted(
      GuildChannel channel, ObjectNode author, JsonNode body, Consumer<ObjectNode> extras) {
    var content = trimmed(body.path("content").asText(""));
    if (content.isEmpty() && body.path("embeds").isEmpty() && body.path("poll").isMissingNode()) {
      return Reply.refused(400, Shapes.error(50_006, "Cannot send an empty message"));
    }
    if (content.codePointCount(0, content.length()) > MOST_CHARACTERS) {
      return Reply.refused(
          400,
          Shapes.invalidForm(
              "content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length."));
    }
    var message = Shapes.message(realm.newId(), channel.id, author, content);
    message.put("flags", body.path("flags").asInt(0));
    if (body.has("embeds")) {
      message.set("embeds", body.get("embeds"));
    }
    extras.accept(message);
    if (body.path("enforce_nonce").asBoolean(false)) {
      var stored = channel.before(author.get("id").asText(), body.path("nonce").asText(), message);
      if (stored.isPresent()) {
        return Reply.ok(stored.get());
      }
    }
    notifyPeople(channel, message, body.get("allowed_mentions"));
    realm.publish(channel, message);
    return Reply.ok(message);
  }

  // As far as is known: what JavaScript and Python call blank.
  private static String trimmed(String content) {
    return content.strip().replaceAll("^[\\s\\h]+|[\\s\\h]+$", "");
  }

  private static void refer(ObjectNode message, ObjectNode referenced, GuildChannel channel) {
    message.put("type", 19);
    message
        .putObject("message_reference")
        .put("type", 0)
        .put("channel_id", Shapes.id(channel.id))
        .put("message_id", referenced.get("id").asText())
        .put("guild_id", Shapes.id(channel.guild.id));
    var without = referenced.deepCopy();
    without.remove("referenced_message");
    message.set("referenced_message", without);
  }

  /** Tells people of mentions, and shows them previews of links, where the post allows it. */
  private static void notifyPeople(
      GuildChannel channel, ObjectNode message, @Nullable JsonNode allowed) {
    var content = message.get("content").asText();
    var everyone =
        allows(allowed, "everyone") && (content.contains("@everyone") || content.contains("@here"));
    message.put("mention_everyone", everyone);
    var preview =
        (message.get("flags").asInt() & SUPPRESS_EMBEDS) == 0 && LINK.matcher(content).find();
    for (var person : channel.guild.people) {
      var mention = content.contains("<@%s>".formatted(Shapes.id(person.id)));
      if (mention) {
        ((ArrayNode) message.get("mentions")).add(person.user());
      }
      if (everyone || (mention && allowsUser(allowed, person.id))) {
        person.notifications.incrementAndGet();
      }
      if (preview) {
        person.previews.incrementAndGet();
      }
    }
  }

  private static boolean allows(@Nullable JsonNode allowed, String kind) {
    if (allowed == null || !allowed.has("parse")) {
      return allowed == null;
    }
    for (var parsed : allowed.get("parse")) {
      if (parsed.asText().equals(kind)) {
        return true;
      }
    }
    return false;
  }

  private static boolean allowsUser(@Nullable JsonNode allowed, long id) {
    if (allows(allowed, "users")) {
      return true;
    }
    if (allowed != null) {
      for (var user : allowed.path("users")) {
        if (user.asText().equals(Shapes.id(id))) {
          return true;
        }
      }
    }
    return false;
  }

  /** What a request gets. */
  record Reply(int status, JsonNode body) {
    static Reply ok(JsonNode body) {
      return new Reply(200, body);
    }

    static Reply refused(int status, JsonNode body) {
      return new Reply(status, body);
    }

    static Reply ofList(Iterable<? extends JsonNode> nodes) {
      var list = Shapes.JSON.arrayNode();
      nodes.forEach(list::add);
      return ok(list);
    }
  }

  static Map<String, String> query(@Nullable String raw) {
    var query = new java.util.HashMap<String, String>();
    if (raw != null) {
      for (var pair : raw.split("&", -1)) {
        var equals = pair.indexOf('=');
        query.put(
            pair.substring(0, equals),
            java.net.URLDecoder.decode(
                pair.substring(equals + 1), java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return query;
  }
}
