package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.conformance.live.LiveService;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Slack itself, with a maintainer's app that may make channels. Nobody can be made to say something
 * there, nor can Slack be made to fail, so what needs that is left out.
 */
final class LiveSlack implements LiveService {

  /** Long, since Slack limits how often each method may be called, and it is waited for. */
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private final String botToken = LiveService.required("PARLEY_LIVE_SLACK_BOT_TOKEN", "slack");
  private final String appToken = LiveService.required("PARLEY_LIVE_SLACK_APP_TOKEN", "slack");
  private final Connection connection =
      new Connection(
          SlackSettings.from(
              new BackendConfig(
                  Map.of(
                      "bot_token",
                      botToken,
                      "app_token",
                      appToken,
                      "channel_map",
                      Map.of(),
                      "request_timeout_ms",
                      TIMEOUT.toMillis()))));

  /** Calls a method as the bot. */
  JsonNode call(String method, Map<String, String> parameters) {
    try {
      return connection.api().ask(method, parameters, Deadline.in(TIMEOUT));
    } catch (ApiError error) {
      throw new IllegalStateException(error);
    }
  }

  /** The values that open some channels. */
  Map<String, String> config(String channels) {
    return Map.of(
        "bot_token",
        botToken,
        "app_token",
        appToken,
        "channel_map",
        channels,
        "request_timeout_ms",
        Long.toString(TIMEOUT.toMillis()));
  }

  @Override
  public BackendPlugin plugin() {
    return new SlackPlugin();
  }

  @Override
  public Server server() {
    return Server.real("Slack", "live");
  }

  @Override
  public Store newStore() {
    return new LiveChannels(this);
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    return List.of(
        fault("wrong token", "bot_token", "xoxb-nobodys", "bot_token", "install"),
        fault("no such channel", "channel_map", "planning=C0NOWHERE", "C0NOWHERE", "channel_map"));
  }

  private Misconfiguration fault(String what, String setting, String value, String... words) {
    var values = new HashMap<>(config("planning=C0NOWHERE"));
    values.put(setting, value);
    return new Misconfiguration(what, values, List.of(words));
  }

  @Override
  public Set<String> libraryThreads() {
    return Set.of();
  }

  @Override
  public Duration patience() {
    return TIMEOUT.multipliedBy(2);
  }

  @Override
  public void close() {
    connection.close();
  }
}
