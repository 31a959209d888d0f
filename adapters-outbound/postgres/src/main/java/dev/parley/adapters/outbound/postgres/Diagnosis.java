package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** What {@code doctor} says about a database: connects, looks, and changes nothing. */
final class Diagnosis {

  private static final int NOTIFICATION_MILLIS = 2_000;
  private static final String CHANNEL = "parley_doctor";

  private final PostgresSettings settings;
  private final Health health = new Health();
  private final Faults faults;
  private final Server server;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(PostgresSettings settings) {
    this.settings = settings;
    this.faults = new Faults(settings, health);
    this.server = new Server(settings);
  }

  /** Makes the checks, in an order in which a later one needs the earlier ones. */
  List<Finding> findings() {
    try (var connection = connect();
        var second = connect()) {
      var state = new Schema(settings, faults, health).state(connection);
      ok("server", "PostgreSQL %s at %s".formatted(health.version(), settings.url().place()));
      checkEncryption(connection);
      checkPrimary(connection);
      findings.addAll(new Grants(settings, state).check(connection));
      checkDurability(connection);
      checkFailOver(connection);
      if (checkPooler(connection, second)) {
        checkNotifications(connection, second);
      }
    } catch (BackendException fault) {
      problem("server", String.valueOf(fault.getMessage()), "put that right, then run it again");
    } catch (SQLException failure) {
      problem(
          "server",
          String.valueOf(faults.of(failure).getMessage()),
          "put that right, then run it again");
    }
    return List.copyOf(findings);
  }

  private Connection connect() {
    try {
      return server.connectUnprepared();
    } catch (SQLException refusal) {
      throw faults.unreachable(refusal);
    }
  }

  private void checkEncryption(Connection connection) throws SQLException {
    var version = text(connection, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    if (version != null) {
      ok("encryption", "the connection is encrypted, " + version);
    } else if (settings.url().isLocal()) {
      ok("encryption", "the connection is not encrypted and does not leave this machine");
    } else {
      warning(
          "encryption",
          "the connection is not encrypted, and messages and password may be read on the way",
          "set sslmode: verify-full and sslrootcert");
    }
  }

  private void checkPrimary(Connection connection) throws SQLException {
    if ("t".equals(text(connection, "SELECT pg_is_in_recovery()"))) {
      problem(
          "primary",
          "the server is a standby, which takes no posts and no LISTEN",
          "name the primary in url, or all servers with targetServerType=primary");
    } else if ("on".equals(text(connection, "SHOW transaction_read_only"))) {
      problem(
          "primary",
          "sessions of this role or database are read-only",
          "set default_transaction_read_only to off for them");
    } else {
      ok("primary", "the server takes posts");
    }
  }

  private void checkDurability(Connection connection) throws SQLException {
    var risks = new ArrayList<String>();
    for (var setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
      if ("off".equals(text(connection, "SHOW " + setting))) {
        risks.add(setting + " = off");
      }
    }
    var unlogged =
        text(
            connection,
            new Names(settings.table())
                .in(
                    "SELECT 1 FROM pg_class WHERE oid = to_regclass('\"{table}\"')"
                        + " AND relpersistence = 'u'"));
    if (unlogged != null) {
      risks.add("the table is UNLOGGED");
    }
    if (risks.isEmpty()) {
      ok("durability", "a post that returned survives a crash of the server's machine");
    } else {
      warning(
          "durability",
          "a crash of the server may take posts that returned: " + String.join(", ", risks),
          "set these to on (ALTER SYSTEM, ALTER ROLE or ALTER DATABASE), or a table to LOGGED");
    }
  }

  private void checkFailOver(Connection connection) throws SQLException {
    if (settings.url().servers() == 1) {
      return;
    }
    var standbys = text(connection, "SHOW synchronous_standby_names");
    if (standbys == null || standbys.isEmpty()) {
      warning(
          "fail-over",
          "replication is asynchronous: a fail-over may lose the last posts that returned",
          "set synchronous_standby_names on the server, unless that is accepted");
    } else {
      ok("fail-over", "posts wait for a standby (synchronous_standby_names is set)");
    }
  }

  /** Whether sessions stay with their connections; without that there is no live push. */
  private boolean checkPooler(Connection connection, Connection second) throws SQLException {
    var backend = text(connection, "SELECT pg_backend_pid()");
    // Two open connections that are served by one session: somebody lends it by the transaction.
    if (String.valueOf(backend).equals(text(second, "SELECT pg_backend_pid()"))) {
      problem(
          "pooler",
          "a pooler (PgBouncer?) lends sessions for single transactions, so that LISTEN is lost and"
              + " nothing is pushed",
          "connect to PostgreSQL itself, or set pool_mode = session for this database");
      return false;
    }
    var promised = connection.unwrap(PGConnection.class).getBackendPID();
    ok(
        "pooler",
        Integer.toString(promised).equals(backend)
            ? "there is none in between"
            : "there is one in between, and it keeps sessions apart");
    return true;
  }

  private void checkNotifications(Connection connection, Connection second) throws SQLException {
    execute(connection, "LISTEN " + CHANNEL);
    execute(second, "NOTIFY " + CHANNEL);
    var arrived = connection.unwrap(PGConnection.class).getNotifications(NOTIFICATION_MILLIS);
    if (arrived.length > 0) {
      ok("live push", "notifications arrive");
    } else {
      problem(
          "live push",
          "a notification did not arrive within %d ms".formatted(NOTIFICATION_MILLIS),
          "check for a pooler in between, and the load of the server");
    }
  }

  private static @Nullable String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void ok(String check, String found) {
    findings.add(Finding.ok(check, found));
  }

  private void warning(String check, String found, String remedy) {
    findings.add(Finding.warning(check, found, remedy));
  }

  private void problem(String check, String found, String remedy) {
    findings.add(Finding.problem(check, found, remedy));
  }
}
