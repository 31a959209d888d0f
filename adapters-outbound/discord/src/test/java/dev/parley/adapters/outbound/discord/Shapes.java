package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The JSON forms of Discord's API, with the fields that its description requires. */
final class Shapes {

  static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  private Shapes() {}

  static String id(long id) {
    return Long.toUnsignedString(id);
  }

  static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }

  static ObjectNode user(long id, String name, boolean bot) {
    var user =
        JSON.objectNode()
            .put("id", id(id))
            .put("username", name)
            .putNull("avatar")
            .put("discriminator", "0")
            .put("public_flags", 0)
            .put("flags", 0)
            .putNull("global_name")
            .putNull("primary_guild");
    return bot ? user.put("bot", true) : user;
  }

  static ObjectNode self(long id, String name) {
    return user(id, name, true)
        .put("mfa_enabled", false)
        .put("verified", true)
        .putNull("email")
        .put("locale", "en-US");
  }

  static ObjectNode application(long id, String name, int flags, ObjectNode bot) {
    var application =
        JSON.objectNode()
            .put("id", id(id))
            .put("name", name)
            .putNull("icon")
            .put("description", "")
            .putNull("type")
            .put("verify_key", "0".repeat(64))
            .put("flags", flags)
            .put("flags_new", Integer.toString(flags))
            .putNull("interactions_endpoint_url")
            .putNull("role_connections_verification_url")
            .put("approximate_guild_count", 1)
            .put("approximate_user_install_count", 0)
            .put("approximate_user_authorization_count", 0)
            .put("explicit_content_filter", 0)
            .putNull("team");
    application.putArray("redirect_uris");
    application.putArray("eligible_oauth2_scopes").add("bot");
    application.set("owner", user(1, "owner", false));
    application.set("bot", bot);
    return application;
  }

  static ObjectNode message(long id, long channel, ObjectNode author, String content) {
    var message =
        JSON.objectNode()
            .put("type", 0)
            .put("content", content)
            .putNull("edited_timestamp")
            .put("flags", 0)
            .put("channel_id", id(channel))
            .put("pinned", false)
            .put("mention_everyone", false)
            .put("tts", false);
    for (var list :
        new String[] {"mentions", "mention_roles", "attachments", "embeds", "components"}) {
      message.putArray(list);
    }
    message.set("author", author);
    number(message, id);
    return message;
  }

  /** Gives a message its id, and the time that goes with it. */
  static void number(ObjectNode message, long id) {
    message.put("id", id(id)).put("timestamp", timestamp(Snowflake.instantOf(id)));
  }

  static ObjectNode error(int code, String message) {
    return JSON.objectNode().put("message", message).put("code", code);
  }

  static ObjectNode invalidForm(String field, String code, String message) {
    var error = error(50_035, "Invalid Form Body");
    error
        .putObject("errors")
        .putObject(field)
        .putArray("_errors")
        .addObject()
        .put("code", code)
        .put("message", message);
    return error;
  }

  static ObjectNode guild(long id, String name) {
    var guild =
        JSON.objectNode()
            .put("id", id(id))
            .put("name", name)
            .put("owner_id", "1")
            .put("region", "deprecated")
            .put("preferred_locale", "en-US")
            .put("afk_timeout", 300)
            .put("max_members", 500_000)
            .put("max_stage_video_channel_users", 50)
            .put("max_video_channel_users", 25);
    for (var number :
        new String[] {
          "system_channel_flags",
          "verification_level",
          "default_message_notifications",
          "mfa_level",
          "explicit_content_filter",
          "premium_tier",
          "premium_subscription_count",
          "nsfw_level"
        }) {
      guild.put(number, 0);
    }
    for (var flag : new String[] {"widget_enabled", "premium_progress_bar_enabled", "nsfw"}) {
      guild.put(flag, false);
    }
    for (var list : new String[] {"features", "emojis", "stickers"}) {
      guild.putArray(list);
    }
    for (var absent :
        new String[] {
          "icon",
          "description",
          "home_header",
          "splash",
          "discovery_splash",
          "banner",
          "application_id",
          "afk_channel_id",
          "system_channel_id",
          "widget_channel_id",
          "max_presences",
          "vanity_url_code",
          "rules_channel_id",
          "safety_alerts_channel_id",
          "public_updates_channel_id",
          "incidents_data"
        }) {
      guild.putNull(absent);
    }
    return guild;
  }

  static ObjectNode role(long id, long permissions) {
    var role =
        JSON.objectNode()
            .put("id", id(id))
            .put("name", "@everyone")
            .putNull("description")
            .put("permissions", Long.toString(permissions))
            .put("position", 0)
            .put("color", 0)
            .put("hoist", false)
            .put("managed", false)
            .put("mentionable", false)
            .putNull("icon")
            .putNull("unicode_emoji")
            .put("flags", 0);
    role.putObject("colors")
        .put("primary_color", 0)
        .putNull("secondary_color")
        .putNull("tertiary_color");
    return role;
  }

  static ObjectNode member(ObjectNode user) {
    var member =
        JSON.objectNode()
            .putNull("avatar")
            .putNull("banner")
            .putNull("communication_disabled_until")
            .put("flags", 0)
            .put("joined_at", timestamp(Instant.EPOCH))
            .putNull("nick")
            .put("pending", false)
            .putNull("premium_since")
            .put("mute", false)
            .put("deaf", false);
    member.putArray("roles");
    member.set("user", user);
    return member;
  }
}
