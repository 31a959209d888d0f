package dev.parley.adapters.outbound.state;

import dev.parley.domain.authorization.AccessToken;
import dev.parley.domain.authorization.AuthorizationCode;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.Grant;
import dev.parley.domain.authorization.GrantId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RefreshToken;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.domain.authorization.TokenHash;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.outbound.Authorizations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Clients, grants and the hashes of tokens in an SQLite database, {@code authorization.db} in the
 * state folder. Every change is on the disk before its method returns ({@code synchronous=FULL}).
 * Only one process at a time may have it open.
 */
@SecondaryAdapter
public final class SqliteAuthorizations implements Authorizations, AutoCloseable {

  private static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS client(
        id TEXT PRIMARY KEY, name TEXT NOT NULL, redirect_uris TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS client_order(
        n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE);
      CREATE TABLE IF NOT EXISTS grant_(
        id TEXT PRIMARY KEY, client TEXT NOT NULL, since INTEGER NOT NULL, newest INTEGER NOT NULL)
        WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS code(
        hash TEXT PRIMARY KEY, client TEXT NOT NULL, redirect_uri TEXT NOT NULL,
        challenge TEXT NOT NULL, grant_ TEXT NOT NULL, issued INTEGER NOT NULL,
        used INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS access(
        hash TEXT PRIMARY KEY, grant_ TEXT NOT NULL, issued INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS refresh(
        hash TEXT PRIMARY KEY, grant_ TEXT NOT NULL, generation INTEGER NOT NULL,
        issued INTEGER NOT NULL, rotated INTEGER) WITHOUT ROWID;
      """;

  private final Path file;
  private final Connection connection;

  /**
   * Opens the database, and makes it when there is none.
   *
   * @throws StateUnavailable when it cannot be opened, as when another process has it
   */
  public SqliteAuthorizations(Path stateFolder) {
    this.file = stateFolder.resolve("authorization.db");
    var folder = new StateFolder(stateFolder);
    try {
      folder.create();
      if (Files.notExists(file)) {
        folder.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)).close();
      }
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      execute("PRAGMA locking_mode=EXCLUSIVE");
      execute("PRAGMA journal_mode=WAL");
      execute("PRAGMA synchronous=FULL");
      for (var statement : SCHEMA.split(";\n", -1)) {
        if (!statement.isBlank()) {
          execute(statement);
        }
      }
    } catch (IOException failure) {
      throw folder.unavailable(file, failure);
    } catch (SQLException failure) {
      throw unavailable(failure);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public synchronized boolean add(RegisteredClient client, int most) {
    return inTransaction(() -> {
      var count = number("SELECT count(*) FROM client");
      if (count >= most
          && update(
                  "DELETE FROM client WHERE id = (SELECT id FROM client_order WHERE id IN"
                      + " (SELECT id FROM client) AND id NOT IN (SELECT client FROM grant_)"
                      + " ORDER BY n LIMIT 1)")
              == 0) {
        return false;
      }
      update("DELETE FROM client_order WHERE id NOT IN (SELECT id FROM client)");
      update(
          "INSERT INTO client VALUES(?, ?, ?)",
          client.id().value(),
          client.name(),
          client.redirectUris().stream().map(RedirectUri::value).collect(Collectors.joining("\n")));
      update("INSERT INTO client_order(id) VALUES(?)", client.id().value());
      return true;
    });
  }

  @Override
  public synchronized Optional<RegisteredClient> client(ClientId id) {
    return find(
        row ->
            new RegisteredClient(
                id,
                row.getString("name"),
                Stream.of(row.getString("redirect_uris").split("\n", -1))
                    .map(RedirectUri::new)
                    .toList()),
        "SELECT * FROM client WHERE id = ?",
        id.value());
  }

  @Override
  public synchronized void save(AuthorizationCode code) {
    inTransaction(() ->
        update(
            "INSERT OR REPLACE INTO code VALUES(?, ?, ?, ?, ?, ?, ?)",
            code.hash().value(),
            code.client().value(),
            code.redirectUri().value(),
            code.challenge(),
            code.grant().value(),
            code.issuedAt().toEpochMilli(),
            code.used() ? 1 : 0));
  }

  @Override
  public synchronized Optional<AuthorizationCode> code(TokenHash hash) {
    return find(
        row ->
            new AuthorizationCode(
                hash,
                new ClientId(row.getString("client")),
                new RedirectUri(row.getString("redirect_uri")),
                row.getString("challenge"),
                new GrantId(row.getString("grant_")),
                Instant.ofEpochMilli(row.getLong("issued")),
                row.getInt("used") == 1),
        "SELECT * FROM code WHERE hash = ?",
        hash.value());
  }

  @Override
  public synchronized void save(
      Grant grant, AccessToken access, RefreshToken refresh, Optional<RefreshToken> used) {
    inTransaction(() -> {
      update(
          "INSERT OR REPLACE INTO grant_ VALUES(?, ?, ?, ?)",
          grant.id().value(),
          grant.client().value(),
          grant.since().toEpochMilli(),
          grant.newest());
      update(
          "INSERT INTO access VALUES(?, ?, ?)",
          access.hash().value(),
          access.grant().value(),
          access.issuedAt().toEpochMilli());
      save(refresh);
      if (used.isPresent()) {
        save(used.get());
      }
      return null;
    });
  }

  private void save(RefreshToken token) throws SQLException {
    var rotatedAt = token.rotatedAt();
    update(
        "INSERT OR REPLACE INTO refresh VALUES(?, ?, ?, ?, ?)",
        token.hash().value(),
        token.grant().value(),
        token.generation(),
        token.issuedAt().toEpochMilli(),
        rotatedAt == null ? null : rotatedAt.toEpochMilli());
  }

  @Override
  public synchronized Optional<Grant> grant(GrantId id) {
    return find(
        row ->
            new Grant(
                id,
                new ClientId(row.getString("client")),
                Instant.ofEpochMilli(row.getLong("since")),
                row.getInt("newest")),
        "SELECT * FROM grant_ WHERE id = ?",
        id.value());
  }

  @Override
  public synchronized Optional<AccessToken> access(TokenHash hash) {
    return find(
        row ->
            new AccessToken(
                hash,
                new GrantId(row.getString("grant_")),
                Instant.ofEpochMilli(row.getLong("issued"))),
        "SELECT * FROM access WHERE hash = ?",
        hash.value());
  }

  @Override
  public synchronized Optional<RefreshToken> refresh(TokenHash hash) {
    return find(
        row -> {
          var rotated = row.getLong("rotated");
          var neverRotated = row.wasNull();
          return new RefreshToken(
              hash,
              new GrantId(row.getString("grant_")),
              row.getInt("generation"),
              Instant.ofEpochMilli(row.getLong("issued")),
              neverRotated ? null : Instant.ofEpochMilli(rotated));
        },
        "SELECT hash, grant_, generation, issued, rotated FROM refresh WHERE hash = ?",
        hash.value());
  }

  @Override
  public synchronized void revoke(GrantId id) {
    inTransaction(() -> {
      update("DELETE FROM access WHERE grant_ = ?", id.value());
      update("DELETE FROM refresh WHERE grant_ = ?", id.value());
      return update("DELETE FROM grant_ WHERE id = ?", id.value());
    });
  }

  @Override
  public synchronized void forgetIssuedBefore(Instant limit) {
    inTransaction(() -> {
      update("DELETE FROM code WHERE issued < ?", limit.toEpochMilli());
      return update("DELETE FROM access WHERE issued < ?", limit.toEpochMilli());
    });
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw unavailable(failure);
    }
  }

  /** A change, or a look, that the database may refuse. */
  @FunctionalInterface
  private interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  /** Makes a value of the row that was found. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T extends @Nullable Object> T inTransaction(Work<T> work) {
    try {
      execute("BEGIN IMMEDIATE");
      try {
        var result = work.run();
        execute("COMMIT");
        return result;
      } catch (SQLException | RuntimeException failure) {
        execute("ROLLBACK");
        throw failure;
      }
    } catch (SQLException failure) {
      throw unavailable(failure);
    }
  }

  private int update(String sql, @Nullable Object... values) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private int number(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private <T> Optional<T> find(Reading<T> reading, String sql, String key) {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, key);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(reading.of(rows)) : Optional.empty();
      }
    } catch (SQLException failure) {
      throw unavailable(failure);
    }
  }

  private StateUnavailable unavailable(SQLException failure) {
    return new StateUnavailable(
        "%s cannot be used (%s); see that the folder can be written, has space, and that no other server uses it"
            .formatted(file, failure.getMessage()),
        failure);
  }
}
