package dev.parley.adapters.outbound.discord;

import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Outage;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.ports.outbound.BackendPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Discord backend as the suite tests it: each store is a server of its own on one double. */
final class DiscordUnderTest implements BackendUnderTest {

  /** Of the HTTP client, for all clients of the JVM. */
  static final Set<String> LIBRARY_THREADS =
      Set.of("OkHttp TaskRunner", "Okio Watchdog", "okio.*", "OkHttp.*");

  private static final Duration OVERTAKING = Duration.ofMillis(20);

  private final DiscordPlugin plugin = new DiscordPlugin();
  private final DiscordDouble discord = new DiscordDouble().started();
  private final Misconfigurations misconfigurations = new Misconfigurations(discord);

  DiscordUnderTest() {
    // Of messages that are posted at once any may be seen first.
    discord.realm().overtaking(OVERTAKING);
  }

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    return Server.doubleOf(
        "Discord",
        "API v10",
        "JDA 6.5.0 as the client of its gateway, and Discord's OpenAPI description by Prism, in a"
            + " test of every call and not in this run");
  }

  @Override
  public Store newStore() {
    return new DiscordStore(discord);
  }

  /** Other bridges have other bots: there is no layout to share. */
  @Override
  public Optional<ExistingStore> existingStore() {
    return Optional.empty();
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    return misconfigurations.table();
  }

  @Override
  public Optional<Outage> outage(Outage.Kind kind, Store store) {
    return Optional.of(discord.outage(kind, Duration.ofMillis(DiscordStore.REQUEST_TIMEOUT_MS)));
  }

  @Override
  public Set<String> libraryThreads() {
    return LIBRARY_THREADS;
  }

  @Override
  public void close() {
    discord.close();
  }
}
