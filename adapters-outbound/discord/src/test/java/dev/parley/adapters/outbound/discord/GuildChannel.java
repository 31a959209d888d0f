package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A text channel of the double, with its messages and webhooks. */
final class GuildChannel {

  static final long USUAL =
      Permissions.VIEW_CHANNEL
          | Permissions.SEND_MESSAGES
          | Permissions.READ_HISTORY
          | Permissions.MANAGE_WEBHOOKS;

  /** A webhook; who made it and, where that was a bot, its application. */
  record Webhook(long id, String name, String token, @Nullable Long application, GuildChannel in) {}

  final long id;
  final Realm.Guild guild;
  final String name;
  final List<Webhook> webhooks = new CopyOnWriteArrayList<>();
  volatile long denied;
  volatile int type;
  private final ConcurrentSkipListMap<Long, ObjectNode> messages =
      new ConcurrentSkipListMap<>(Long::compareUnsigned);
  private final Map<String, ObjectNode> byNonce = new ConcurrentHashMap<>();

  GuildChannel(long id, Realm.Guild guild, String name) {
    this.id = id;
    this.guild = guild;
    this.name = name;
  }

  void add(ObjectNode message) {
    messages.put(Long.parseUnsignedLong(message.get("id").asText()), message);
  }

  @Nullable ObjectNode message(long message) {
    return messages.get(message);
  }

  ObjectNode remove(long message) {
    return java.util.Objects.requireNonNull(messages.remove(message));
  }

  /** The message of one author that has this content. */
  ObjectNode withContent(String content) {
    return messages.values().stream()
        .filter(message ->
            message.get("content").asText().equals(content)
                || message.get("content").asText().endsWith(":** " + content))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no message has the content " + content));
  }

  /** The message that an author has stored under a nonce; this one from now on, if there is none. */
  Optional<ObjectNode> before(String author, String nonce, ObjectNode message) {
    return Optional.ofNullable(byNonce.putIfAbsent(author + " " + nonce, message));
  }

  /** What a request for messages gives: next to the place, newest first. */
  synchronized List<ObjectNode> page(Map<String, String> query) {
    var limit = Integer.parseInt(query.getOrDefault("limit", "50"));
    var found = new ArrayList<ObjectNode>();
    if (query.containsKey("after")) {
      messages.tailMap(place(query, "after"), false).values().stream()
          .limit(limit)
          .forEach(found::addFirst);
    } else if (query.containsKey("around")) {
      messages.headMap(place(query, "around"), true).descendingMap().values().stream()
          .limit(limit / 2 + 1L)
          .forEach(found::add);
      messages.tailMap(place(query, "around"), false).values().stream()
          .limit(limit / 2)
          .forEach(found::addFirst);
    } else {
      var before =
          query.containsKey("before") ? messages.headMap(place(query, "before"), false) : messages;
      before.descendingMap().values().stream().limit(limit).forEach(found::add);
    }
    return found;
  }

  private static long place(Map<String, String> query, String bound) {
    return Long.parseUnsignedLong(query.get(bound));
  }

  ObjectNode json() {
    var json =
        Shapes.JSON
            .objectNode()
            .put("id", Shapes.id(id))
            .put("type", type)
            .put("flags", 0)
            .put("guild_id", Shapes.id(guild.id))
            .put("name", name)
            .put("position", 0)
            .put("rate_limit_per_user", 0)
            .put("nsfw", false)
            .putNull("topic")
            .putNull("parent_id");
    json.set("last_message_id", lastMessage());
    var exceptions = json.putArray("permission_overwrites");
    if (denied != 0) {
      exceptions
          .addObject()
          .put("id", Shapes.id(guild.id))
          .put("type", 0)
          .put("allow", "0")
          .put("deny", Long.toString(denied));
    }
    return json;
  }

  private JsonNode lastMessage() {
    return messages.isEmpty()
        ? Shapes.JSON.nullNode()
        : Shapes.JSON.textNode(Shapes.id(messages.lastKey()));
  }

  ObjectNode json(Webhook webhook) {
    var json =
        Shapes.JSON
            .objectNode()
            .put("id", Shapes.id(webhook.id()))
            .put("type", 1)
            .put("name", webhook.name())
            .putNull("avatar")
            .put("channel_id", Shapes.id(id))
            .put("guild_id", Shapes.id(guild.id))
            .put("token", webhook.token());
    return webhook.application() == null
        ? json.putNull("application_id")
        : json.put("application_id", Shapes.id(webhook.application()));
  }

  boolean allows(long permission) {
    return (USUAL & ~denied & permission) != 0;
  }
}
