package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of the Bot API that the double has, on behalf of one bot. */
final class BotApiMethods {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String WEBHOOK_ACTIVE =
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete"
          + " the webhook first";

  private final Telegram telegram;
  private final BotAccount bot;

  BotApiMethods(Telegram telegram, BotAccount bot) {
    this.telegram = telegram;
    this.bot = bot;
  }

  JsonNode call(String method, JsonNode given) throws InterruptedException {
    return switch (method.toLowerCase(Locale.ROOT)) {
      case "getme" -> me();
      case "getupdates" -> updates(given);
      case "sendmessage" -> send(given);
      case "editmessagetext" -> edit(given);
      case "getchat" -> chat(given);
      case "getchatmember" -> member(groupOf(given), given.path("user_id").asLong());
      case "getchatadministrators" -> administrators(given);
      case "getwebhookinfo" -> webhook();
      case "deletewebhook" -> deleteWebhook();
      default -> throw new ApiError(404, "Not Found: method not found");
    };
  }

  private ObjectNode me() {
    return bot.account
        .json()
        .put("can_join_groups", true)
        .put("can_read_all_group_messages", bot.readsAll)
        .put("supports_inline_queries", false);
  }

  private JsonNode updates(JsonNode given) throws InterruptedException {
    if (!bot.webhook.isEmpty()) {
      throw new ApiError(409, WEBHOOK_ACTIVE);
    }
    var offset = given.has("offset") ? Long.valueOf(given.path("offset").asLong()) : null;
    Set<String> kinds = null;
    if (given.has("allowed_updates")) {
      kinds = new HashSet<>();
      for (var kind : given.path("allowed_updates")) {
        kinds.add(kind.asText());
      }
    }
    var limit = Math.clamp(given.path("limit").asInt(100), 1, 100);
    var wait = Duration.ofSeconds(given.path("timeout").asInt(0));
    var answer = JSON.arrayNode();
    bot.updates.poll(offset, limit, wait, kinds).forEach(answer::add);
    return answer;
  }

  private JsonNode send(JsonNode given) {
    var group = groupOf(given);
    if ("restricted".equals(group.members.get(bot.account.id()))) {
      throw ApiError.badRequest("not enough rights to send text messages to the chat");
    }
    var raw = given.path("text").asText();
    var leading = raw.length() - raw.stripLeading().length();
    var text = checked(raw.strip());
    var entities = given.get("entities");
    checkEntities(entities, raw.length());
    if (leading > 0 && entities != null) {
      for (var entity : entities) {
        ((ObjectNode) entity).put("offset", entity.path("offset").asInt() - leading);
      }
    }
    synchronized (group) {
      var parent = parentOf(group, given.path("reply_parameters"));
      var preview = !given.path("link_preview_options").path("is_disabled").asBoolean();
      return telegram.post(group, bot.account, text, entities, preview, parent).deepCopy();
    }
  }

  private static String checked(String text) {
    if (text.isEmpty()) {
      throw ApiError.badRequest("message text is empty");
    }
    if (text.length() > Telegram.LONGEST_TEXT) {
      throw ApiError.badRequest("message is too long");
    }
    return text;
  }

  private static void checkEntities(@Nullable JsonNode entities, int length) {
    if (entities != null) {
      for (var entity : entities) {
        var end = entity.path("offset").asInt() + entity.path("length").asInt();
        if (entity.path("offset").asInt() < 0
            || entity.path("length").asInt() < 1
            || end > length) {
          throw ApiError.badRequest("entity beyond the text");
        }
      }
    }
  }

  private static @Nullable ObjectNode parentOf(Group group, JsonNode reply) {
    if (!reply.has("message_id")) {
      return null;
    }
    var parent = group.messages.get(reply.path("message_id").asInt());
    if (parent == null && !reply.path("allow_sending_without_reply").asBoolean()) {
      throw ApiError.badRequest("message to be replied not found");
    }
    return parent;
  }

  private JsonNode edit(JsonNode given) {
    var group = groupOf(given);
    var message = group.messages.get(given.path("message_id").asInt());
    if (message == null || message.path("from").path("id").asLong() != bot.account.id()) {
      throw ApiError.badRequest("message to edit not found");
    }
    telegram.edit(group, message, checked(given.path("text").asText().strip()));
    return message.deepCopy();
  }

  private JsonNode chat(JsonNode given) {
    var info = Telegram.chat(groupOf(given));
    info.put("accent_color_id", 1).put("max_reaction_count", 11);
    info.putObject("accepted_gift_types")
        .put("unlimited_gifts", false)
        .put("limited_gifts", false)
        .put("unique_gifts", false)
        .put("premium_subscription", false)
        .put("gifts_from_channels", false);
    return info;
  }

  private JsonNode administrators(JsonNode given) {
    var group = groupOf(given);
    var answer = JSON.arrayNode();
    for (var account : group.members.keySet()) {
      if (group.isAdministrator(account)) {
        answer.add(member(group, account));
      }
    }
    return answer;
  }

  private ObjectNode member(Group group, long account) {
    var status = group.members.getOrDefault(account, "left");
    var member = JSON.objectNode().put("status", status);
    member.set("user", Objects.requireNonNull(telegram.account(account)).json());
    switch (status) {
      case "creator" -> member.put("is_anonymous", false);
      case "administrator" ->
          Members.RIGHTS.forEach(right -> member.put(right, !right.equals("is_anonymous")));
      case "restricted" -> {
        Members.PERMISSIONS.forEach(permission -> member.put(permission, false));
        member.put("is_member", true).put("until_date", 0);
      }
      default -> {}
    }
    return member;
  }

  private JsonNode webhook() {
    return JSON.objectNode()
        .put("url", bot.webhook)
        .put("has_custom_certificate", false)
        .put("pending_update_count", bot.updates.size());
  }

  private JsonNode deleteWebhook() {
    bot.webhook = "";
    return BooleanNode.TRUE;
  }

  private Group groupOf(JsonNode given) {
    var group = telegram.group(given.path("chat_id").asLong());
    if (group == null) {
      throw ApiError.badRequest("chat not found");
    }
    if (group.movedTo != null) {
      throw ApiError.moved(group.movedTo);
    }
    var status = group.members.get(bot.account.id());
    if ("kicked".equals(status)) {
      throw new ApiError(403, "Forbidden: bot was kicked from the supergroup chat");
    }
    if (status == null) {
      throw ApiError.badRequest("chat not found");
    }
    return group;
  }
}
