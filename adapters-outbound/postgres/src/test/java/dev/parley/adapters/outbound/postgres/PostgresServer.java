package dev.parley.adapters.outbound.postgres;

import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.Program;
import dev.parley.conformance.server.ServerProcess;
import dev.parley.conformance.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of its own. It never waits for the disk ({@code fsync=off}): a killed server
 * loses nothing by that, only a killed machine would.
 */
final class PostgresServer implements TestServer {

  /** The superuser. */
  static final String ADMIN = "admin";

  /** The password of every role. */
  static final String PASSWORD = "not-to-be-shown";

  private static final String FOLDER = "/usr/lib/postgresql/15/bin";

  private final Path folder;
  private final int port = Ports.free();
  private final List<String> options = new ArrayList<>();
  private @Nullable ServerProcess process;

  PostgresServer() {
    try {
      folder = Files.createTempDirectory("parley-postgres");
      Files.writeString(folder.resolve("password"), PASSWORD);
      own(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new server with a database cluster of its own; not started. */
  static PostgresServer create() {
    var server = new PostgresServer();
    server.run(
        "initdb",
        "-D",
        server.data().toString(),
        "-U",
        ADMIN,
        "--auth=scram-sha-256",
        "--pwfile=" + server.folder.resolve("password"),
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync");
    return server;
  }

  /** A copy of a running server that follows it by streaming replication; not started. */
  static PostgresServer standbyOf(PostgresServer primary, int replicationPort, String name) {
    var server = new PostgresServer();
    server.run(
        "pg_basebackup",
        "-d",
        "host=127.0.0.1 port=%d user=%s password=%s application_name=%s"
            .formatted(replicationPort, ADMIN, PASSWORD, name),
        "-D",
        server.data().toString(),
        "-R",
        "-c",
        "fast",
        "-X",
        "stream",
        "--no-sync");
    return server;
  }

  /** Makes a standby the primary; returns when it is. */
  void promote() {
    execute("postgres", "SELECT pg_promote()");
  }

  /** Adds a setting of the server, from its next start on. */
  PostgresServer with(String setting) {
    options.addAll(List.of("-c", setting));
    return this;
  }

  Path folder() {
    return folder;
  }

  Path data() {
    return folder.resolve("data");
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    var command = new ArrayList<>(List.of("-D", data().toString(), "-p", Integer.toString(port)));
    for (var setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "full_page_writes=off",
            "max_connections=300")) {
      command.addAll(List.of("-c", setting));
    }
    command.addAll(options);
    var started =
        ServerProcess.start(
            asOwner(installed("postgres").with(command.toArray(String[]::new))), folder);
    process = started;
    started.awaitReady(() -> {
      try (var connection = admin("postgres")) {
        return connection.isValid(1);
      } catch (SQLException notYet) {
        return false;
      }
    });
  }

  @Override
  public void stop() {
    // SIGINT: PostgreSQL ends every session and stops; for SIGTERM it would wait for them.
    running().stop("INT");
  }

  @Override
  public void kill() {
    running().kill();
  }

  private ServerProcess running() {
    if (process == null) {
      throw new IllegalStateException("the server was never started");
    }
    return process;
  }

  /** A connection past any proxy, with all rights. */
  Connection admin(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), ADMIN, PASSWORD);
  }

  /** Executes statements with all rights, each in a transaction of its own. */
  void execute(String database, String... statements) {
    try (var connection = admin(database);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a program of PostgreSQL to its end. */
  void run(String program, String... arguments) {
    runIn(folder, asOwner(installed(program).with(arguments)));
  }

  private static Program installed(String program) {
    return Program.installed(program, "postgresql-15", FOLDER);
  }

  /** PostgreSQL refuses to run as root; with {@code setpriv} the process id stays that of it. */
  static List<String> asOwner(List<String> command) {
    if (!isRoot()) {
      return command;
    }
    var words =
        new ArrayList<>(
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    words.addAll(command);
    return words;
  }

  /** Gives a file to whoever the server runs as. */
  void own(Path file) {
    if (isRoot()) {
      runIn(folder, List.of("chown", "-R", "postgres:postgres", file.toString()));
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Runs a command in a folder to its end. */
  static void runIn(Path folder, List<String> command) {
    try {
      var process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command.getFirst() + " failed: " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
