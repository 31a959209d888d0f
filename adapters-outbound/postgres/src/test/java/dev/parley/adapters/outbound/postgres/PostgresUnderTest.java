package dev.parley.adapters.outbound.postgres;

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
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The PostgreSQL backend as the suite tests it: one server behind a proxy, a database per store.
 */
final class PostgresUnderTest implements BackendUnderTest {

  private final PostgresPlugin plugin = new PostgresPlugin();
  private final PostgresServer server;
  private final TcpProxy proxy;
  private final AtomicInteger stores = new AtomicInteger();

  PostgresUnderTest() {
    server = PostgresServer.create();
    server.start();
    proxy = new TcpProxy(server.port());
    Fixture.makeOwner(server);
  }

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    try (var connection = server.admin("postgres")) {
      var version = connection.getMetaData().getDatabaseProductVersion();
      return Server.real(
          "PostgreSQL " + connection.getMetaData().getDatabaseMajorVersion(),
          version.replaceFirst(" .*", ""));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Store newStore() {
    return newDatabase();
  }

  private PostgresStore newDatabase() {
    return PostgresStore.create(server, proxy.port(), "store_" + stores.incrementAndGet());
  }

  @Override
  public Optional<ExistingStore> existingStore() {
    var store = newDatabase();
    ExistingBridge.makeTables(store);
    server.execute(
        store.database(),
        "ALTER TABLE parley_messages ALTER sender DROP NOT NULL, ALTER content DROP NOT NULL, ALTER"
            + " ts DROP NOT NULL",
        "INSERT INTO parley_messages VALUES (1, 'planning', 'alice', 'first',"
            + " '2025-01-02T03:04:05.678Z', NULL)",
        "INSERT INTO parley_messages VALUES (2, 'other', 'alice', 'elsewhere',"
            + " '2025-01-02T03:04:05Z', NULL)",
        "INSERT INTO parley_messages VALUES (3, 'planning', 'bob', repeat('x', 5000000), 'not a"
            + " time', '1')",
        "INSERT INTO parley_messages VALUES (5, 'planning', NULL, NULL, NULL, NULL)",
        "INSERT INTO parley_messages VALUES (7, 'planning', 'bob', 'second', '2025-01-02', '1')",
        "SELECT setval('parley_messages_seq_seq', 7)");
    return Optional.of(
        new ExistingStore(
            store,
            new TopicName("planning"),
            List.of(
                new Entry("alice", "first"),
                new Entry("bob", null),
                new Entry("unknown", null),
                new Entry("bob", "second"))));
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    return new PostgresMisconfigurations(server).all();
  }

  @Override
  public Optional<Outage> outage(Outage.Kind kind, Store store) {
    return Optional.of(new ServerOutages(server, proxy, PostgresStore.REQUEST_TIMEOUT).of(kind));
  }

  @Override
  public Set<String> libraryThreads() {
    return Set.of("PostgreSQL-JDBC-Cleaner");
  }

  @Override
  public void close() {
    proxy.close();
    server.close();
  }
}
