package dev.parley.adapters.outbound.discord;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** A double of its own, a store on it, and whoever is there. */
final class Fixture implements AutoCloseable {

  static final TopicName PLANNING = new TopicName("planning");
  private static final String TIMEOUT_MS = "3000";

  private final DiscordPlugin plugin = new DiscordPlugin();
  private final DiscordDouble discord = new DiscordDouble().started();
  private final DiscordStore store = new DiscordStore(discord);
  private final Path folder;
  private final Deque<Runnable> closing = new ArrayDeque<>();

  Fixture(Path folder) {
    this.folder = folder;
  }

  DiscordDouble discord() {
    return discord;
  }

  DiscordStore store() {
    return store;
  }

  GuildChannel channel() {
    return store.channel(PLANNING);
  }

  Backend open(String handle) {
    return open(handle, Map.of());
  }

  Backend open(String handle, Map<String, String> more) {
    var config = new HashMap<>(store.config());
    config.put("request_timeout_ms", TIMEOUT_MS);
    config.putAll(more);
    var backend =
        OpenStore.as(new Handle(handle), Sender.Kind.AGENT, plugin, config, folder.resolve(handle));
    closing.push(backend::close);
    return backend;
  }

  LiveReader keep(LiveReader reader) {
    closing.push(reader::close);
    return reader;
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
    discord.close();
  }
}
