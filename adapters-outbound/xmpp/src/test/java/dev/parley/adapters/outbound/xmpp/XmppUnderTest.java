package dev.parley.adapters.outbound.xmpp;

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
import java.util.regex.Pattern;

/** The XMPP backend as the suite tests it: each store is a prefix of rooms on one server. */
final class XmppUnderTest implements BackendUnderTest {

  private static final Pattern RELEASE = Pattern.compile("0\\.\\d+|\\d+");

  private final XmppPlugin plugin = new XmppPlugin();
  private final XmppServer server;
  private final TcpProxy proxy;
  private final String version;
  private final Misconfigurations misconfigurations;
  private final AtomicInteger stores = new AtomicInteger();

  XmppUnderTest(XmppServer server) {
    this.server = server;
    server.start();
    this.version = server.version();
    this.proxy = new TcpProxy(server.port());
    this.misconfigurations = new Misconfigurations(server);
  }

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    return Server.real(server.product() + " " + release(), version);
  }

  /** Such as 0.12, 13 or 23. */
  private String release() {
    var release = RELEASE.matcher(version);
    return release.lookingAt() ? release.group() : version;
  }

  @Override
  public Store newStore() {
    return store();
  }

  private XmppStore store() {
    return new XmppStore(server, proxy.port(), "s%d-".formatted(stores.incrementAndGet()));
  }

  /** A room that people made and talked in before. */
  @Override
  public Optional<ExistingStore> existingStore() {
    var store = store();
    var topic = new TopicName("release planning");
    store.prepare(topic);
    var room = store.room(topic);
    try (var people = new GroupClient(server.client("parley"), "ann")) {
      people.in(room).client().say(room, "first");
      people.client().say(room, "a subject line is no message");
      people
          .client()
          .send(
              "<message type='groupchat' to='%s'><subject>plans</subject></message>"
                  .formatted(room));
      people.client().say(room, "second", "<thread>t</thread>");
    }
    return Optional.of(
        new ExistingStore(
            store,
            topic,
            List.of(
                new Entry(null, "first"),
                new Entry(null, "a subject line is no message"),
                new Entry(null, "second"))));
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    return misconfigurations.table();
  }

  @Override
  public Optional<Outage> outage(Outage.Kind kind, Store store) {
    var timeout = Duration.ofMillis(XmppStore.REQUEST_TIMEOUT_MS);
    return Optional.of(new ServerOutages(server, proxy, timeout).of(kind));
  }

  /** Smack's own threads, shared by all connections. */
  @Override
  public Set<String> libraryThreads() {
    return Set.of("Smack Cached Executor", "Smack.*Reactor.*");
  }

  @Override
  public void close() {
    proxy.close();
    misconfigurations.close();
    server.close();
  }
}
