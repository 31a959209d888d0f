package dev.parley.adapters.outbound.zulip.realm;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;

/** The calls that the double answers. */
final class Endpoints {

  private static final Pattern ONE_MESSAGE = Pattern.compile("/messages/([0-9]+)");
  private static final Pattern MEMBERSHIP =
      Pattern.compile("/user_groups/([0-9]+)/members/([0-9]+)");
  private static final int FEATURE_LEVEL = 400;

  private final Realm realm;
  private final String url;
  private final Troubles troubles;

  Endpoints(Realm realm, String url, Troubles troubles) {
    this.realm = realm;
    this.url = url;
    this.troubles = troubles;
  }

  /** Answers a call that needs no account; null when it needs one. */
  Answer answer(Call call, Account caller) throws InterruptedException {
    if (caller.isIncomingWebhook() && !call.is("POST", "/messages")) {
      return Answer.error(
          401, "UNAUTHORIZED", "This API is not available to incoming webhook bots.");
    }
    return switch (call.method() + " " + call.path()) {
      case "POST /register" -> register(call, caller);
      case "GET /events" -> events(call, caller);
      case "DELETE /events" -> leave(call, caller);
      case "GET /users/me" -> me(caller);
      case "GET /users" -> users();
      case "GET /users/me/subscriptions" -> subscriptions(caller);
      case "GET /get_stream_id" -> streamId(call);
      case "GET /messages" -> new MessageReading(realm).read(call, caller);
      case "POST /messages" -> send(call, caller);
      default -> other(call);
    };
  }

  Answer serverSettings() {
    var body =
        Shapes.success()
            .put("zulip_version", ZulipDouble.VERSION)
            .put("zulip_feature_level", FEATURE_LEVEL)
            .put("zulip_merge_base", ZulipDouble.VERSION)
            .put("push_notifications_enabled", false)
            .put("is_incompatible", false)
            .put("email_auth_enabled", true)
            .put("require_email_format_usernames", true)
            .put("realm_uri", url)
            .put("realm_url", url)
            .put("realm_name", "Double")
            .put("realm_icon", "")
            .put("realm_description", "")
            .put("realm_web_public_access_enabled", false);
    body.putObject("authentication_methods").put("password", true);
    body.putArray("external_authentication_methods");
    return Answer.ok(body);
  }

  private Answer register(Call call, Account caller) {
    var types = new HashSet<String>();
    call.json("event_types").ifPresent(list -> list.forEach(type -> types.add(type.asText())));
    var queue = realm.register(caller, types);
    return Answer.ok(
        Shapes.success()
            .put("queue_id", queue.id())
            .put("last_event_id", -1)
            .put("zulip_version", ZulipDouble.VERSION)
            .put("zulip_feature_level", FEATURE_LEVEL)
            .put("zulip_merge_base", ZulipDouble.VERSION)
            .put("max_message_length", realm.longest())
            .put("max_topic_length", 60)
            .put("event_queue_longpoll_timeout_seconds", 90)
            .put("realm_url", url)
            .put("realm_uri", url)
            .put("realm_name", "Double")
            .put("realm_message_retention_days", -1)
            .put("realm_plan_type", 1)
            .put("realm_inline_url_embed_preview", false));
  }

  private Answer events(Call call, Account caller) throws InterruptedException {
    var id = call.text("queue_id").orElse("");
    var queue = realm.queue(id, caller);
    if (queue.isEmpty()) {
      return badQueue(id);
    }
    var last = call.text("last_event_id").map(Long::parseLong).orElse(-1L);
    var atOnce = call.text("dont_block").map(Boolean::parseBoolean).orElse(false);
    var events =
        queue.get().poll(last, atOnce ? Duration.ZERO : troubles.heartbeat(), troubles.forgetful());
    if (queue.get().isGone()) {
      return badQueue(id);
    }
    var body = Shapes.success().put("queue_id", id);
    events.forEach(body.putArray("events")::add);
    return Answer.ok(body);
  }

  private Answer leave(Call call, Account caller) {
    var id = call.text("queue_id").orElse("");
    var queue = realm.queue(id, caller);
    queue.ifPresent(realm::discard);
    return queue.isPresent() ? Answer.ok(Shapes.success()) : badQueue(id);
  }

  private static Answer badQueue(String id) {
    return new Answer(
        400,
        Shapes.error("BAD_EVENT_QUEUE_ID", "Bad event queue ID: " + id).put("queue_id", id),
        Map.of());
  }

  private static Answer me(Account caller) {
    var body = Shapes.success();
    Shapes.member(caller)
        .properties()
        .forEach(field -> {
          if (!field.getKey().startsWith("bot_") && !field.getValue().isNull()) {
            body.set(field.getKey(), field.getValue());
          }
        });
    return Answer.ok(body.put("max_message_id", 0));
  }

  private Answer users() {
    var body = Shapes.success();
    var members = body.putArray("members");
    realm.accounts().stream()
        .filter(account -> !account.isSystem())
        .forEach(account -> members.add(Shapes.member(account)));
    return Answer.ok(body);
  }

  private Answer subscriptions(Account caller) {
    var body = Shapes.success();
    var subscriptions = body.putArray("subscriptions");
    realm.channelsOf(caller).forEach(channel -> subscriptions.add(Shapes.subscription(channel)));
    return Answer.ok(body);
  }

  private Answer streamId(Call call) {
    var name = call.text("stream").orElse("");
    return realm
        .findChannel(name)
        .map(channel -> Answer.ok(Shapes.success().put("stream_id", channel.id())))
        .orElseGet(() -> Answer.badRequest("Invalid channel name '%s'".formatted(name)));
  }

  private Answer send(Call call, Account caller) {
    var to = call.json("to").map(node -> node.isArray() ? node.path(0) : node);
    var channel =
        to.flatMap(node ->
            node.isNumber() ? realm.findChannel(node.asLong()) : realm.findChannel(node.asText()));
    var content = call.text("content").orElse("");
    var topic = call.text("topic").orElse("").strip();
    if (channel.isEmpty()) {
      return Answer.error(400, "STREAM_DOES_NOT_EXIST", "Channel does not exist");
    }
    if (channel.get().isReadOnly()) {
      return Answer.badRequest(
          "Not authorized to send to channel '%s'".formatted(channel.get().name()));
    }
    if (Markup.normalized(content, realm.longest()).isEmpty()) {
      return Answer.badRequest("Message must not be empty");
    }
    // Zulip cuts off a topic that is too long.
    var cut = topic.codePointCount(0, topic.length()) > 60 ? topic.substring(0, 57) + "..." : topic;
    var id = realm.send(caller, channel.get(), cut, content);
    return Answer.ok(Shapes.success().put("id", id));
  }

  private Answer other(Call call) {
    var one = ONE_MESSAGE.matcher(call.path());
    if (call.method().equals("GET") && one.matches()) {
      return realm
          .message(Long.parseLong(one.group(1)))
          .map(message -> {
            var body = Shapes.success().put("raw_content", message.content());
            var shape = Shapes.message(message);
            shape.putArray("flags");
            body.set("message", shape);
            return Answer.ok(body);
          })
          .orElseGet(() -> Answer.badRequest("Invalid message(s)"));
    }
    var membership = MEMBERSHIP.matcher(call.path());
    if (call.method().equals("GET") && membership.matches()) {
      var everybody = Integer.parseInt(membership.group(1)) == Realm.EVERYBODY;
      return Answer.ok(Shapes.success().put("is_user_group_member", everybody));
    }
    return Answer.error(404, "BAD_REQUEST", "the double does not know %s".formatted(call.path()));
  }
}
