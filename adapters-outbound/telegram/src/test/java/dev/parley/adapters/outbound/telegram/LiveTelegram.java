package dev.parley.adapters.outbound.telegram;

import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.conformance.live.LiveService;
import dev.parley.conformance.live.LiveStore;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.BackendPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Telegram itself, with a maintainer's bot and groups. Nobody can be made to say something there,
 * nor can Telegram be made to fail, so what needs that is left out.
 */
final class LiveTelegram implements LiveService {

  /** Long, since a bot may post 20 messages a minute to a group and waits as it is told. */
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private final String token = LiveService.required("PARLEY_LIVE_TELEGRAM_TOKEN", "telegram");
  private final List<String> chats =
      List.of(LiveService.required("PARLEY_LIVE_TELEGRAM_CHATS", "telegram").split(","));

  @Override
  public BackendPlugin plugin() {
    return new TelegramPlugin();
  }

  @Override
  public Server server() {
    return Server.real("Telegram", "live");
  }

  @Override
  public Store newStore() {
    return new Groups();
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    var config = new TreeMap<>(new Groups().config());
    config.put("token", "123456:AAnobodys-nobodys-nobodys-nobodys-nob");
    return List.of(new Misconfiguration("wrong token", config, List.of("token", "@BotFather")));
  }

  @Override
  public Set<String> libraryThreads() {
    return TelegramUnderTest.LIBRARY_THREADS;
  }

  @Override
  public Duration patience() {
    return TIMEOUT.multipliedBy(2);
  }

  @Override
  public void close() {}

  /** The groups under the names of a scenario's topics, over a new file of what was observed. */
  private final class Groups implements LiveStore {

    private final Map<String, String> topics = new LinkedHashMap<>();
    private final Path folder;

    Groups() {
      try {
        folder = Files.createTempDirectory("parley-live-telegram");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      TelegramStore.FROM_THE_START.forEach(topic -> prepare(new TopicName(topic)));
    }

    @Override
    public Map<String, String> config() {
      return Map.of(
          "token",
          token,
          "chat_map",
          topics.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue())
              .collect(Collectors.joining("\n")),
          "store_path",
          folder.resolve("telegram.db").toString(),
          "poll_timeout_s",
          "5",
          "request_timeout_ms",
          Long.toString(TIMEOUT.toMillis()));
    }

    @Override
    public void prepare(TopicName topic) {
      if (!topics.containsKey(topic.value()) && topics.size() == chats.size()) {
        throw new IllegalStateException(
            "this needs more than %d groups in PARLEY_LIVE_TELEGRAM_CHATS".formatted(chats.size()));
      }
      topics.computeIfAbsent(topic.value(), _ -> chats.get(topics.size()).strip());
    }

    @Override
    public void close() {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
