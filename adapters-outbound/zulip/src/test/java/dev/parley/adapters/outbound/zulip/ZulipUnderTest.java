package dev.parley.adapters.outbound.zulip;

import dev.parley.adapters.outbound.zulip.realm.ZulipDouble;
import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.ExistingStore.Entry;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Outage;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.server.ServerOutages;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.BackendPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The Zulip backend as the suite tests it: each store is a channel of one double. */
final class ZulipUnderTest implements BackendUnderTest {

  private final ZulipPlugin plugin = new ZulipPlugin();
  private final ZulipDouble server = new ZulipDouble().started();
  private final TcpProxy proxy = new TcpProxy(server.port());
  private final Misconfigurations misconfigurations = new Misconfigurations();
  private final AtomicInteger stores = new AtomicInteger();

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    return Server.doubleOf(
        "Zulip",
        ZulipDouble.VERSION,
        "Zulip's OpenAPI description by Prism, in a test of every call and not in this run");
  }

  @Override
  public Store newStore() {
    return store();
  }

  private ZulipStore store() {
    return new ZulipStore(server, proxy.port(), "parley " + stores.incrementAndGet());
  }

  @Override
  public Optional<ExistingStore> existingStore() {
    var store = store();
    var topic = new TopicName("release planning");
    store.postAsBridge(topic, "**alice:** first");
    store.postAsBridge(topic, "**bob:** second");
    store.postAsBridge(topic, "without a header");
    store.postAsBridge(topic, "**grace (person):** third");
    return Optional.of(
        new ExistingStore(
            store,
            topic,
            List.of(
                new Entry("alice", "first"),
                new Entry("bob", "second"),
                new Entry(null, "without a header"),
                new Entry("grace", "third"))));
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    return misconfigurations.table();
  }

  @Override
  public Optional<Outage> outage(Outage.Kind kind, Store store) {
    var timeout = Duration.ofMillis(ZulipStore.REQUEST_TIMEOUT_MS);
    return Optional.of(new ServerOutages(server, proxy, timeout).of(kind));
  }

  /** None of the client; those of the double, which is in this process. */
  @Override
  public Set<String> libraryThreads() {
    return Set.of("HTTP-Dispatcher", "idle-timeout-task", "server-timer");
  }

  @Override
  public void close() {
    proxy.close();
    misconfigurations.close();
    server.close();
  }
}
