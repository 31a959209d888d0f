package dev.parley.adapters.outbound.sqlite;

import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.ExistingStore.Entry;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Outage;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.BackendPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The SQLite backend as the suite tests it: each store is a file in a folder of its own. */
final class SqliteUnderTest implements BackendUnderTest {

  private final SqlitePlugin plugin = new SqlitePlugin();
  private final Path folder;

  SqliteUnderTest() {
    try {
      folder = Files.createTempDirectory("parley-sqlite");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      return Server.real("SQLite", connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Store newStore() {
    return new SqliteStore(newFolder().resolve("bus.db"));
  }

  private Path newFolder() {
    try {
      return Files.createTempDirectory(folder, "store");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<ExistingStore> existingStore() {
    var database = newFolder().resolve("existing.db");
    var topic = new TopicName("planning");
    try {
      Fixture.createAsExistingBridge(database);
      Fixture.run(
          database,
          "INSERT INTO messages VALUES (1, 'planning', 'alice', 'first',"
              + " '2025-01-02T03:04:05.678Z', NULL)",
          "INSERT INTO messages VALUES (2, 'other', 'alice', 'elsewhere', '2025-01-02T03:04:05Z',"
              + " NULL)",
          "INSERT INTO messages VALUES (3, 'planning', 'bob', x'00ff', 'not a time', '1')",
          "INSERT INTO messages VALUES (4, x'706c616e6e696e67', 'eve', 'topic is a blob', '',"
              + " NULL)",
          "INSERT INTO messages VALUES (5, 'planning', NULL, NULL, NULL, NULL)",
          "INSERT INTO messages VALUES (7, 'planning', 'bob', 'second', '2025-01-02', 1)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Optional.of(
        new ExistingStore(
            new SqliteStore(database),
            topic,
            List.of(
                new Entry("alice", "first"),
                new Entry(null, null),
                new Entry("unknown", null),
                new Entry("bob", "second"))));
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    var notADatabase = newFolder().resolve("notes.txt");
    var missing = newFolder().resolve("missing");
    var isFolder = newFolder();
    try {
      Files.writeString(notADatabase, "These are notes and no database. ".repeat(200));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        new Misconfiguration(
            "no database",
            configOf(notADatabase),
            List.of(notADatabase.toString(), "not an SQLite database", "db_path")),
        new Misconfiguration(
            "missing folder",
            configOf(missing.resolve("bus.db")),
            List.of(missing.toString(), "does not exist", "create it")),
        new Misconfiguration(
            "a folder", configOf(isFolder), List.of(isFolder.toString(), "is a folder", "db_path")),
        new Misconfiguration(
            "a table of another program",
            configOf(foreignTable()),
            List.of("messages", "not one of Parley's", "db_path")));
  }

  private Path foreignTable() {
    var database = newFolder().resolve("mail.db");
    try {
      Fixture.run(database, "CREATE TABLE messages (subject TEXT, body TEXT)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return database;
  }

  static Map<String, String> configOf(Path database) {
    return Map.of("db_path", database.toString(), "request_timeout_ms", "8000");
  }

  @Override
  public Optional<Outage> outage(Outage.Kind kind, Store store) {
    var database = ((SqliteStore) store).database();
    return switch (kind) {
      case KILLED -> Optional.of(new KilledWriter(database));
      case FROZEN -> Optional.of(new HeldLock(database));
      case RESTARTED, CUT, DELAYED, THROTTLED -> Optional.empty();
    };
  }

  @Override
  public Set<String> libraryThreads() {
    return Set.of("FileSystemWatchService");
  }

  @Override
  public void close() {
    delete(folder);
  }

  static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
