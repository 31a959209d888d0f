package dev.parley.adapters.outbound.discord;

import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.server.Ports;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can be wrong with a configuration, or with what the bot may do. */
final class Misconfigurations {

  private final DiscordDouble discord;
  private final Realm realm;

  Misconfigurations(DiscordDouble discord) {
    this.discord = discord;
    this.realm = discord.realm();
  }

  List<Misconfiguration> table() {
    var bot = realm.newBot("parley-bot");
    var guild = realm.newGuild(bot);
    var usual = realm.newChannel(guild, "general");
    var hidden = realm.newChannel(guild, "hidden");
    hidden.denied = Permissions.VIEW_CHANNEL;
    var silent = realm.newChannel(guild, "silent");
    silent.denied = Permissions.SEND_MESSAGES | Permissions.MANAGE_WEBHOOKS;
    var voice = realm.newChannel(guild, "voice");
    voice.type = 2;
    var elsewhere = realm.newChannel(realm.newGuild(), "elsewhere");
    var blind = realm.newBot("blind-bot");
    blind.flags = 0;
    var seenByBlind = realm.newChannel(realm.newGuild(blind), "general");
    var nobody = "127.0.0.1:" + Ports.free();
    return List.of(
        fault("wrong token", "wr0ng-token", usual.id, Map.of(), "token", "portal"),
        fault(
            "no Message Content Intent",
            blind.token,
            seenByBlind.id,
            Map.of(),
            "Message Content Intent",
            "portal"),
        fault("a channel that is not there", bot.token, 5, Map.of(), "channel_map", "planning"),
        fault(
            "a bot that was not invited",
            bot.token,
            elsewhere.id,
            Map.of(),
            "may not see",
            "invite"),
        fault("no View Channel", bot.token, hidden.id, Map.of(), "may not see", "View Channel"),
        fault("no Send Messages", bot.token, silent.id, Map.of(), "Send Messages", "grant"),
        fault("a voice channel", bot.token, voice.id, Map.of(), "#voice", "text channel"),
        fault(
            "wrong host",
            bot.token,
            usual.id,
            Map.of("api_url", "http://no-such-host.invalid/api/v10"),
            "no-such-host.invalid",
            "cannot be found",
            "api_url"),
        fault(
            "wrong port",
            bot.token,
            usual.id,
            Map.of("api_url", "http://" + nobody + "/api/v10"),
            nobody,
            "cannot be reached",
            "api_url"),
        fault(
            "not Discord",
            bot.token,
            usual.id,
            Map.of("api_url", discord.apiUrl() + "/nowhere"),
            "not Discord",
            "api_url"));
  }

  private Misconfiguration fault(
      String what, String token, long channel, Map<String, String> config, String... words) {
    var whole = new TreeMap<String, String>();
    whole.put("token", token);
    whole.put("channel_map", "planning=" + Shapes.id(channel));
    whole.put("api_url", discord.apiUrl());
    whole.put("gateway_url", discord.gatewayUrl());
    whole.put("request_timeout_ms", "2500");
    whole.putAll(config);
    return new Misconfiguration(what, whole, List.of(words));
  }
}
