package dev.parley.adapters.outbound.postgres;

import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.OpenStore;
import dev.parley.conformance.server.Ports;
import dev.parley.domain.history.Window;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be wrong with a configuration or the server it names. */
final class PostgresMisconfigurations {

  private static final String DATABASE = "faulty";
  private static final String LATIN = "latin";

  private final PostgresServer server;

  PostgresMisconfigurations(PostgresServer server) {
    this.server = server;
  }

  List<Misconfiguration> all() {
    makeRolesAndDatabases();
    return List.of(
        with(
            "wrong host",
            Map.of("url", "postgresql://no-such-host.invalid/x"),
            "no-such-host.invalid",
            "not known",
            "url"),
        with(
            "wrong port",
            Map.of("url", "postgresql://127.0.0.1:" + Ports.free() + "/x"),
            "no server listens",
            "start PostgreSQL",
            "url"),
        with(
            "wrong password",
            Map.of("password", "not-this-one"),
            "bridge",
            "password",
            "check user"),
        with("unknown role", Map.of("user", "nobody_knows"), "nobody_knows", "check user"),
        with(
            "unknown database",
            Map.of("url", url("no_such_database")),
            "no such database",
            "create it"),
        with("no form of a URL", Map.of("url", "here:p@ssword@there"), "postgresql://", "url"),
        with(
            "unknown parameter",
            Map.of("url", url(DATABASE) + "?sslmood=require"),
            "sslmood",
            "correct or remove"),
        with(
            "encryption the server has not got",
            Map.of("sslmode", "require"),
            "encrypted",
            "sslmode",
            "ssl on"),
        with(
            "no right to make the table",
            Map.of("user", "stranger", "table_name", "elsewhere"),
            "may not make",
            "grant"),
        with("no right to post", Map.of("user", "reader"), "permission denied", "grant"),
        with(
            "a standby, or read-only",
            Map.of("user", "readonly"),
            "read-only",
            "targetServerType=primary"),
        with(
            "no server of the kind",
            Map.of("url", url(DATABASE) + "?target_session_attrs=standby"),
            "targetServerType",
            "url"),
        with(
            "a table of another program",
            Map.of("table_name", "mail"),
            "mail",
            "not one of Parley's",
            "table_name"),
        with("no plain table name", Map.of("table_name", "mail; --"), "table_name", "plain name"),
        with("an encoding with few letters", Map.of("url", url(LATIN)), "LATIN1", "UTF8"));
  }

  private void makeRolesAndDatabases() {
    server.execute(
        "postgres",
        "DROP DATABASE IF EXISTS " + DATABASE,
        "DROP DATABASE IF EXISTS " + LATIN,
        "DROP ROLE IF EXISTS stranger, reader, readonly",
        "CREATE DATABASE %s OWNER bridge".formatted(DATABASE),
        "CREATE DATABASE %s OWNER bridge TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'"
            .formatted(LATIN));
    for (var role : List.of("stranger", "reader", "readonly")) {
      server.execute(
          "postgres",
          "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, PostgresServer.PASSWORD));
    }
    server.execute(
        DATABASE,
        "ALTER ROLE readonly SET default_transaction_read_only = on",
        "GRANT CREATE ON SCHEMA public TO readonly",
        "CREATE TABLE mail (subject TEXT, body TEXT)",
        "GRANT SELECT ON mail TO bridge");
    try (var backend =
        OpenStore.as(
            new Handle("owner"),
            Sender.Kind.AGENT,
            new PostgresPlugin(),
            new PostgresStore(server, server.port(), DATABASE).config(),
            server.folder())) {
      var _ = backend.fetchRecent(new TopicName("planning"), Window.latest(1));
    }
    server.execute(
        DATABASE,
        "GRANT SELECT ON parley_messages, parley_messages_meta, parley_messages_gone TO reader,"
            + " readonly",
        "GRANT INSERT ON parley_messages TO readonly");
  }

  private Misconfiguration with(String fault, Map<String, String> changes, String... words) {
    var config = new HashMap<>(new PostgresStore(server, server.port(), DATABASE).config());
    config.putAll(changes);
    return new Misconfiguration(fault, config, List.of(words));
  }

  private String url(String database) {
    return "postgresql://127.0.0.1:%d/%s".formatted(server.port(), database);
  }
}
