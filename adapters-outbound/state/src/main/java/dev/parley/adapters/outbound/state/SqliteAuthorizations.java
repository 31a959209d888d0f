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
import dev.parley.ports.outbound.Authorizations;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/**
 * Clients, grants and the hashes of tokens in an SQLite database, {@code authorization.db} in the
 * state folder. Every change is on the disk before its method returns ({@code synchronous=FULL}).
 * Only one process at a time may have it open.
 */
@SecondaryAdapter
public final class SqliteAuthorizations implements Authorizations, AutoCloseable {

  private static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS client(
            id TEXT PRIMARY KEY, name TEXT NOT NULL, redirect_uris TEXT NOT NULL) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS client_order(
            n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE)\
          """,
          """
          CREATE TABLE IF NOT EXISTS grant_(
            id TEXT PRIMARY KEY, client TEXT NOT NULL, since INTEGER NOT NULL,
            newest INTEGER NOT NULL) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS code(
            hash TEXT PRIMARY KEY, client TEXT NOT NULL, redirect_uri TEXT NOT NULL,
            challenge TEXT NOT NULL, grant_ TEXT NOT NULL, issued INTEGER NOT NULL,
            used INTEGER NOT NULL) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS access(
            hash TEXT PRIMARY KEY, grant_ TEXT NOT NULL, issued INTEGER NOT NULL) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS refresh(
            hash TEXT PRIMARY KEY, grant_ TEXT NOT NULL, generation INTEGER NOT NULL,
            issued INTEGER NOT NULL, rotated INTEGER) WITHOUT ROWID\
          """,
          "CREATE INDEX IF NOT EXISTS grant_of_client ON grant_(client)",
          "CREATE INDEX IF NOT EXISTS code_age ON code(issued)",
          "CREATE INDEX IF NOT EXISTS access_age ON access(issued)",
          "CREATE INDEX IF NOT EXISTS access_of_grant ON access(grant_)",
          "CREATE INDEX IF NOT EXISTS refresh_age ON refresh(issued)",
          "CREATE INDEX IF NOT EXISTS refresh_of_grant ON refresh(grant_, generation)");

  /** How many rows of a kind are forgotten at a time. */
  private static final int MOST_FORGOTTEN = 100;

  private final SqliteDatabase database;

  /**
   * Opens the database, and makes it when there is none.
   *
   * @throws dev.parley.ports.StateUnavailable when it cannot be opened, as when another process has
   *     it
   */
  public SqliteAuthorizations(Path stateFolder) {
    this.database = new SqliteDatabase(stateFolder, "authorization.db", SCHEMA);
  }

  @Override
  public synchronized boolean add(RegisteredClient client, int most) {
    return database.inTransaction(() -> {
      var count = database.find(row -> row.getInt(1), "SELECT count(*) FROM client").orElseThrow();
      if (count >= most
          && database.update(
                  "DELETE FROM client WHERE id = (SELECT id FROM client_order WHERE id IN"
                      + " (SELECT id FROM client) AND id NOT IN (SELECT client FROM grant_)"
                      + " ORDER BY n LIMIT 1)")
              == 0) {
        return false;
      }
      database.update("DELETE FROM client_order WHERE id NOT IN (SELECT id FROM client)");
      database.update(
          "INSERT INTO client VALUES(?, ?, ?)",
          client.id().value(),
          client.name(),
          client.redirectUris().stream().map(RedirectUri::value).collect(Collectors.joining("\n")));
      database.update("INSERT INTO client_order(id) VALUES(?)", client.id().value());
      return true;
    });
  }

  @Override
  public synchronized Optional<RegisteredClient> client(ClientId id) {
    return database.find(
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
    database.inTransaction(() ->
        database.update(
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
    return database.find(
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
    database.inTransaction(() -> {
      database.update(
          "INSERT OR REPLACE INTO grant_ VALUES(?, ?, ?, ?)",
          grant.id().value(),
          grant.client().value(),
          grant.since().toEpochMilli(),
          grant.newest());
      database.update(
          "INSERT INTO access VALUES(?, ?, ?)",
          access.hash().value(),
          access.grant().value(),
          access.issuedAt().toEpochMilli());
      database.update(
          "DELETE FROM refresh WHERE grant_ = ? AND generation <= ?",
          grant.id().value(),
          grant.newest() - RefreshToken.GENERATIONS);
      save(refresh);
      if (used.isPresent()) {
        save(used.get());
      }
      return null;
    });
  }

  private void save(RefreshToken token) throws SQLException {
    var rotatedAt = token.rotatedAt();
    database.update(
        "INSERT OR REPLACE INTO refresh VALUES(?, ?, ?, ?, ?)",
        token.hash().value(),
        token.grant().value(),
        token.generation(),
        token.issuedAt().toEpochMilli(),
        rotatedAt == null ? null : rotatedAt.toEpochMilli());
  }

  @Override
  public synchronized Optional<Grant> grant(GrantId id) {
    return database.find(
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
    return database.find(
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
    return database.find(
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
    database.inTransaction(() -> {
      database.update("DELETE FROM access WHERE grant_ = ?", id.value());
      database.update("DELETE FROM refresh WHERE grant_ = ?", id.value());
      return database.update("DELETE FROM grant_ WHERE id = ?", id.value());
    });
  }

  @Override
  public synchronized void forgetExpired(Instant now) {
    database.inTransaction(() -> {
      forget("code", now.minus(AuthorizationCode.REMEMBERED));
      forget("access", now.minus(AccessToken.LIFE));
      // The newest refresh token of a grant is its youngest token: the grant ends with it.
      return forget("refresh", now.minus(RefreshToken.LIFE)) == 0
          ? 0
          : database.update(
              "DELETE FROM grant_ WHERE NOT EXISTS"
                  + " (SELECT 1 FROM refresh WHERE refresh.grant_ = grant_.id)");
    });
  }

  private int forget(String table, Instant limit) throws SQLException {
    return database.update(
        "DELETE FROM %1$s WHERE hash IN (SELECT hash FROM %1$s WHERE issued < ? LIMIT ?)"
            .formatted(table),
        limit.toEpochMilli(),
        MOST_FORGOTTEN);
  }

  @Override
  public synchronized void close() {
    database.close();
  }
}
