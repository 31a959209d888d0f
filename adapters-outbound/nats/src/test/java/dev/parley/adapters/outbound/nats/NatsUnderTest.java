package dev.parley.adapters.outbound.nats;

import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.ExistingStore.Entry;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Outage;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.server.Program;
import dev.parley.conformance.server.ServerOutages;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.BackendPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The NATS backend as the suite tests it: each store is a prefix of streams on one server. */
final class NatsUnderTest implements BackendUnderTest {

  private final NatsPlugin plugin = new NatsPlugin();
  private final String product;
  private final NatsServer server;
  private final TcpProxy proxy;
  private final ForeignBridge bridge;
  private final Misconfigurations misconfigurations;
  private final AtomicInteger stores = new AtomicInteger();

  NatsUnderTest(String product, Program program) {
    this.product = product;
    this.server = NatsServer.withJetStream(program).started();
    this.proxy = new TcpProxy(server.port());
    this.bridge = new ForeignBridge(server.connection());
    this.misconfigurations = new Misconfigurations(program);
  }

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    return Server.real(product, server.version());
  }

  @Override
  public Store newStore() {
    return store();
  }

  private NatsStore store() {
    return new NatsStore(server, proxy.port(), bridge, "S" + stores.incrementAndGet());
  }

  @Override
  public Optional<ExistingStore> existingStore() {
    var store = store();
    var topic = new TopicName("release planning");
    var stream = store.stream(topic);
    var subject = store.subject(topic);
    bridge.createStream(stream, subject);
    bridge.post(subject, "alice", "first", null);
    bridge.publish(subject, "not JSON at all");
    bridge.publish(subject, "{\"content\":null}");
    var deleted = bridge.post(subject, "bob", "taken back", null);
    bridge.post(subject, "bob", "second", "1");
    bridge.deleteMessage(stream, deleted);
    return Optional.of(
        new ExistingStore(
            store,
            topic,
            List.of(
                new Entry("alice", "first"),
                new Entry("unknown", null),
                new Entry("unknown", null),
                new Entry("bob", "second"))));
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    return misconfigurations.table();
  }

  @Override
  public Optional<Outage> outage(Outage.Kind kind, Store store) {
    var timeout = Duration.ofMillis(NatsStore.REQUEST_TIMEOUT_MS);
    return Optional.of(new ServerOutages(server, proxy, timeout).of(kind));
  }

  @Override
  public Set<String> libraryThreads() {
    return Set.of();
  }

  @Override
  public void close() {
    bridge.close();
    proxy.close();
    misconfigurations.close();
    server.close();
  }
}
