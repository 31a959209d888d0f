package dev.parley.adapters.outbound.telegram;

import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Outage;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.server.ServerOutages;
import dev.parley.ports.outbound.BackendPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Telegram backend as the suite tests it: each store is a bot of a double of the Bot API. */
final class TelegramUnderTest implements BackendUnderTest {

  /** Of the HTTP client, which ends them when they have been idle for a while; the double's own. */
  static final Set<String> LIBRARY_THREADS =
      Set.of("OkHttp .*", "Okio Watchdog", "HTTP-Dispatcher", "idle-timeout-task");

  private final TelegramPlugin plugin = new TelegramPlugin();
  private final BotApiDouble server = new BotApiDouble();
  private final TcpProxy proxy;
  private final Misconfigurations misconfigurations;

  TelegramUnderTest() {
    server.start();
    proxy = new TcpProxy(server.port());
    misconfigurations = new Misconfigurations(server, proxy);
  }

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    return Server.doubleOf(
        "Telegram Bot API",
        BotApiDouble.VERSION,
        "the published description of the Bot API, in runs that are given it");
  }

  @Override
  public Store newStore() {
    return new TelegramStore(server, proxy);
  }

  /** Nobody else keeps what a bot observed in this layout. */
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
    var timeout = Duration.ofMillis(TelegramStore.REQUEST_TIMEOUT_MS);
    return Optional.of(new ServerOutages(server, proxy, timeout).of(kind));
  }

  @Override
  public Set<String> libraryThreads() {
    return LIBRARY_THREADS;
  }

  @Override
  public void close() {
    misconfigurations.close();
    proxy.close();
    server.close();
  }
}
