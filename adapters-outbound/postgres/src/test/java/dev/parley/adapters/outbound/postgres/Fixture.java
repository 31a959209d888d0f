package dev.parley.adapters.outbound.postgres;

import dev.parley.conformance.OpenStore;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One server for the tests that do it no harm, with a database for each, and backends on it. */
final class Fixture {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final class Shared {
    static final PostgresServer SERVER = started();

    private static PostgresServer started() {
      var server = PostgresServer.create();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      server.start();
      makeOwner(server);
      return server;
    }
  }

  private Fixture() {}

  static PostgresServer server() {
    return Shared.SERVER;
  }

  /** A new, empty database on the shared server. */
  static PostgresStore newStore() {
    return newStore(server(), server().port());
  }

  static PostgresStore newStore(PostgresServer server, int port) {
    return PostgresStore.create(server, port, "db_" + DATABASES.incrementAndGet());
  }

  static void makeOwner(PostgresServer server) {
    server.execute(
        "postgres",
        "CREATE ROLE %s LOGIN PASSWORD '%s'"
            .formatted(PostgresStore.OWNER, PostgresServer.PASSWORD));
  }

  static Backend open(PostgresStore store) {
    return open(store, Map.of());
  }

  static Backend open(PostgresStore store, Map<String, String> changes) {
    return open(with(store.config(), changes), "agent");
  }

  static Backend open(Map<String, String> config, String handle) {
    return OpenStore.as(
        new Handle(handle), Sender.Kind.AGENT, new PostgresPlugin(), config, Path.of("unused"));
  }

  static List<Finding> diagnose(Map<String, String> config) {
    var plugin = new PostgresPlugin();
    return plugin.diagnose(OpenStore.config(plugin, config));
  }

  static Map<String, String> with(Map<String, String> config, Map<String, String> changes) {
    var changed = new HashMap<>(config);
    changed.putAll(changes);
    return changed;
  }

  /** Every message of a topic, oldest first, read in pages. */
  static List<Message> history(Backend backend, TopicName topic, int pageSize) {
    var page = backend.fetchRecent(topic, Window.oldest(pageSize));
    var messages = new ArrayList<>(page.messages());
    while (page.more()) {
      page = backend.fetchRecent(topic, Window.after(page.next(), pageSize));
      messages.addAll(page.messages());
    }
    return messages;
  }

  /** The same, contents only. */
  static List<String> contents(Backend backend, TopicName topic) {
    return history(backend, topic, 100).stream().map(Message::content).toList();
  }
}
