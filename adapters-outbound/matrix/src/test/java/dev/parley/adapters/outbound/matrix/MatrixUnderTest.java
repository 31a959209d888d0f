package dev.parley.adapters.outbound.matrix;

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
import java.util.concurrent.atomic.AtomicInteger;

/** The Matrix backend as the suite tests it: each store is a prefix of aliases on one Synapse. */
final class MatrixUnderTest implements BackendUnderTest {

  private final MatrixPlugin plugin = new MatrixPlugin();
  private final SynapseServer server = SynapseServer.withoutLimits().started();
  private final TcpProxy proxy = new TcpProxy(server.port());
  private final Accounts accounts = Accounts.on(server);
  private final Misconfigurations misconfigurations = new Misconfigurations(server, accounts);
  private final AtomicInteger stores = new AtomicInteger();

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    return Server.real("Synapse", accounts.version());
  }

  @Override
  public Store newStore() {
    return new MatrixStore(
        server, accounts, proxy.port(), "s%d-".formatted(stores.incrementAndGet()));
  }

  /** No other software keeps topics in rooms as Parley does. */
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
    var timeout = Duration.ofMillis(MatrixStore.REQUEST_TIMEOUT_MS);
    return Optional.of(new ServerOutages(server, proxy, timeout).of(kind));
  }

  @Override
  public Set<String> libraryThreads() {
    return Set.of();
  }

  @Override
  public void close() {
    proxy.close();
    misconfigurations.close();
    server.close();
  }
}
