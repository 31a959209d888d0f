package dev.parley.adapters.outbound.slack;

import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.server.Ports;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be wrong with an app, its tokens and its channels. */
final class Misconfigurations {

  private Misconfigurations() {}

  static List<Misconfiguration> table(SlackDouble slack) {
    var nobody = "127.0.0.1:" + Ports.free();
    return List.of(
        fault(
            slack,
            "wrong host",
            Map.of("api_url", "http://no-such-host.invalid/api"),
            "no-such-host.invalid",
            "resolved",
            "api_url"),
        fault(
            slack,
            "wrong port",
            Map.of("api_url", "http://" + nobody + "/api"),
            nobody,
            "refused",
            "api_url"),
        fault(slack, "wrong bot token", Map.of("bot_token", "xoxb-wr0ng"), "bot_token", "install"),
        fault(
            slack,
            "an app token for the bot",
            Map.of("bot_token", "xoxe-wr0ng"),
            "bot_token",
            "invalid_auth"),
        lacking(slack, "chat:write", "chat:write", "add", "install"),
        lacking(slack, "channels:history", "channels:history", "add", "install"),
        broken(slack, "not in the channel", DoubleChannel::leave, "not in the channel", "/invite"),
        broken(slack, "archived channel", DoubleChannel::archive, "archived", "unarchive"),
        fault(
            slack,
            "no such channel",
            Map.of("channel_map", "planning=C0NOWHERE"),
            "C0NOWHERE",
            "channel_map"));
  }

  private static Misconfiguration fault(
      SlackDouble slack, String what, Map<String, String> wrong, String... words) {
    var workspace = slack.newWorkspace();
    return with(slack, workspace, workspace.newChannel(), what, wrong, words);
  }

  private static Misconfiguration with(
      SlackDouble slack,
      Workspace workspace,
      DoubleChannel channel,
      String what,
      Map<String, String> wrong,
      String... words) {
    var config = new HashMap<String, String>();
    config.put("bot_token", workspace.botToken());
    config.put("app_token", workspace.appToken());
    config.put("api_url", slack.url());
    config.put("channel_map", "planning=" + channel.id());
    config.put("request_timeout_ms", "3000");
    config.putAll(wrong);
    return new Misconfiguration(what, config, List.of(words));
  }

  private static Misconfiguration lacking(SlackDouble slack, String scope, String... words) {
    var workspace = slack.newWorkspace();
    Set<String> granted = new HashSet<>(Workspace.ALL_SCOPES);
    granted.remove(scope);
    workspace.grantOnly(granted);
    return with(slack, workspace, workspace.newChannel(), "without " + scope, Map.of(), words);
  }

  private static Misconfiguration broken(
      SlackDouble slack,
      String what,
      java.util.function.Consumer<DoubleChannel> breaking,
      String... words) {
    var workspace = slack.newWorkspace();
    var channel = workspace.newChannel();
    breaking.accept(channel);
    return with(slack, workspace, channel, what, Map.of(), words);
  }
}
