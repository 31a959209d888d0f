package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the gateway tells a session at its beginning. */
final class Payloads {

  private Payloads() {}

  /** What a new session begins with. */
  static ObjectNode ready(String session, Realm.Bot bot, Realm realm, String urlToResume) {
    var ready =
        Shapes.JSON
            .objectNode()
            .put("v", 10)
            .put("session_id", session)
            .put("resume_gateway_url", urlToResume);
    ready.set("user", Shapes.self(bot.id, bot.name));
    ready.putArray("private_channels");
    ready.putObject("application").put("id", Shapes.id(bot.application)).put("flags", 0);
    var guilds = ready.putArray("guilds");
    realm
        .guildsOf(bot)
        .forEach(
            guild -> guilds.addObject().put("id", Shapes.id(guild.id)).put("unavailable", true));
    return ready;
  }

  /** A server, with its channels and members. */
  static ObjectNode whole(Realm.Guild guild) {
    var json = guild.json().put("unavailable", false).put("member_count", guild.users().size());
    for (var list :
        new String[] {
          "threads",
          "guild_scheduled_events",
          "emojis",
          "voice_states",
          "features",
          "presences",
          "stickers",
          "stage_instances"
        }) {
      json.putArray(list);
    }
    var channels = json.putArray("channels");
    guild.channels.forEach(channel -> channels.add(channel.json()));
    var members = json.putArray("members");
    guild.users().forEach(user -> members.add(Shapes.member(user)));
    return json;
  }
}
