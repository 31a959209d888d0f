package dev.parley.adapters.outbound.discord;

import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.conformance.live.LiveService;
import dev.parley.conformance.live.LiveStore;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.BackendPlugin;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Discord itself, with a maintainer's bot and channels, which are emptied. Nobody can be made to
 * say something there, nor can Discord be made to fail, so what needs that is left out.
 */
final class LiveDiscord implements LiveService {

  /** Long, since Discord allows about a message a second in a channel, and Parley waits. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String token = LiveService.required("PARLEY_LIVE_DISCORD_TOKEN", "discord");
  private final List<LiveChannel> channels =
      Stream.of(LiveService.required("PARLEY_LIVE_DISCORD_CHANNELS", "discord").split(","))
          .map(id -> new LiveChannel(http, token, id.strip()))
          .toList();

  @Override
  public BackendPlugin plugin() {
    return new LittleLoadPlugin();
  }

  @Override
  public Server server() {
    return Server.real("Discord", "live");
  }

  @Override
  public Store newStore() {
    return new EmptiedChannels();
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    var config = new TreeMap<>(new EmptiedChannels().config());
    config.put("token", "nobodys-token");
    return List.of(new Misconfiguration("wrong token", config, List.of("token", "portal")));
  }

  @Override
  public Set<String> libraryThreads() {
    return DiscordUnderTest.LIBRARY_THREADS;
  }

  @Override
  public Duration patience() {
    return TIMEOUT.multipliedBy(2);
  }

  @Override
  public void close() {
    http.close();
  }

  /** The channels under the names of a scenario's topics. */
  private final class EmptiedChannels implements LiveStore {

    private final Map<String, LiveChannel> topics = new LinkedHashMap<>();

    EmptiedChannels() {
      DiscordStore.FROM_THE_START.forEach(topic -> prepare(new TopicName(topic)));
    }

    @Override
    public Map<String, String> config() {
      return Map.of(
          "token",
          token,
          "channel_map",
          topics.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue().id())
              .collect(Collectors.joining("\n")),
          "request_timeout_ms",
          Long.toString(TIMEOUT.toMillis()));
    }

    @Override
    public void prepare(TopicName topic) {
      if (!topics.containsKey(topic.value())) {
        if (topics.size() == channels.size()) {
          throw new IllegalStateException(
              "this needs more than %d channels in PARLEY_LIVE_DISCORD_CHANNELS"
                  .formatted(channels.size()));
        }
        var next = channels.get(topics.size());
        next.empty();
        topics.put(topic.value(), next);
      }
    }

    @Override
    public void close() {}
  }
}
